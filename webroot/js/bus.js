/* The protocol of the event bus bridge, over SockJS (a global of its script). Connects again by itself. */
import {session} from './session.js';

const PING_MILLIS = 5000;
const FIRST_DELAY = 500;
const LONGEST_DELAY = 8000;

export class Bus extends EventTarget {
  #url;
  #socket = null;
  #handlers = new Map();
  #attempt = 0;
  #timer = 0;
  #pings = 0;

  constructor(url) {
    super();
    this.#url = url;
  }

  get connected() {
    return this.#socket?.readyState === 1;
  }

  /** At once, also if a later attempt is due. */
  connect() {
    clearTimeout(this.#timer);
    const socket = new SockJS(this.#url);
    this.#socket = socket;
    socket.onopen = () => {
      this.#attempt = 0;
      this.#pings = setInterval(() => this.#send({type: 'ping'}), PING_MILLIS);
      this.#send({type: 'ping'});
      this.#handlers.forEach((handler, address) => this.#sendRegister(address));
      this.dispatchEvent(new Event('open'));
    };
    socket.onmessage = (event) => this.#received(JSON.parse(event.data), event.data);
    socket.onclose = () => {
      clearInterval(this.#pings);
      if (this.#socket === socket) {
        this.#later();
      }
    };
  }

  /** Back soon: twice as late each time, and not at the moment all others are. */
  #later() {
    const delay = Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** this.#attempt++) * (0.75 + Math.random() / 2);
    this.#timer = setTimeout(() => this.connect(), delay);
    this.dispatchEvent(new CustomEvent('lost', {detail: {delay}}));
  }

  /** @param handler has received(frame, its text), refused(message) and interrupted(reason) */
  register(address, handler) {
    this.#handlers.set(address, handler);
    if (this.connected) {
      this.#sendRegister(address);
    }
  }

  unregister(address) {
    if (this.#handlers.delete(address) && this.connected) {
      this.#send({type: 'unregister', address});
    }
  }

  #sendRegister(address) {
    const headers = session.authorization ? {Authorization: session.authorization} : {};
    this.#send({type: 'register', address, headers});
  }

  #send(frame) {
    this.#socket.send(JSON.stringify(frame));
  }

  #received(frame, text) {
    if (frame.type === 'rec') {
      this.#handlers.get(frame.address)?.received(frame, text);
    } else if (frame.type === 'err') {
      const handler = this.#handlers.get(frame.sourceAddress);
      if (frame.body === 'interrupted') {
        handler?.interrupted(frame.message);
      } else {
        handler?.refused(frame.message ?? frame.body);
      }
    }
  }
}
