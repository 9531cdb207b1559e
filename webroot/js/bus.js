/* A client of the event bus bridge over SockJS, which is a global variable of its script. It reconnects by itself. */
import {session} from './session.js';

const PING_MILLIS = 5000;
const MIN_DELAY_MILLIS = 500;
const MAX_DELAY_MILLIS = 8000;

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

  /** Connects now, instead of at the next attempt. */
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
        this.#connectLater();
      }
    };
  }

  /** Connects after a delay, which doubles with each attempt and is random in part, so that not all pages come at once. */
  #connectLater() {
    const delay = Math.min(MAX_DELAY_MILLIS, MIN_DELAY_MILLIS * 2 ** this.#attempt++) * (0.75 + Math.random() / 2);
    this.#timer = setTimeout(() => this.connect(), delay);
    this.dispatchEvent(new CustomEvent('lost', {detail: {delay}}));
  }

  /** Listens to an address. @param handler has the methods received(frame, text), refused(message), interrupted(reason) */
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
