%% Runs rabbitmqctl commands one after the other, in a VM that rabbitmqctl itself has started: a start takes a second of
%% CPU time, a command some milliseconds. The VM ends when the connection to the test JVM ends.
-module(rabbitctl_server).
-export([start/2]).

%% Never returns, so that what rabbitmqctl would run next does not run.
start(Port, Folder) ->
    Main = load(Folder),
    {ok, Socket} = gen_tcp:connect({127, 0, 0, 1}, Port, [binary, {packet, 4}, {active, true}, {nodelay, true}]),
    ok = gen_tcp:send(Socket, <<(list_to_integer(os:getpid())):64>>),
    serve(Socket, Main).

%% As the main function of the escript does, which in 4.3 is RabbitMQCtl:main/1 and before that a module around it.
load(Folder) ->
    [Escript | _] = init:get_plain_arguments(),
    {ok, Sections} = escript:extract(Escript, []),
    {ok, _} = zip:unzip(proplists:get_value(archive, Sections), [{cwd, Folder}]),
    ok = code:add_pathsz([Folder | filelib:wildcard(filename:join([Folder, "*", "ebin"]))]),
    {ok, _} = application:ensure_all_started(elixir),
    application:set_env(logger, level, warning, [{persistent, true}]),
    application:set_env(logger, console, [{device, standard_error}], [{persistent, true}]),
    {ok, _} = application:ensure_all_started(rabbitmqctl),
    {module, Module} = code:ensure_loaded('Elixir.RabbitMQCtl'),
    case erlang:function_exported(Module, main1, 1) of
        true -> fun Module:main1/1;
        false -> fun Module:main/1
    end.

serve(Socket, Main) ->
    receive
        {tcp, Socket, Command} ->
            ok = gen_tcp:send(Socket, run(Socket, Main, Command)),
            serve(Socket, Main);
        {tcp_closed, Socket} ->
            halt()
    end.

%% A command: the number of environment variables, these, and the arguments, with NUL between them.
run(Socket, Main, Command) ->
    [Count | Rest] = binary:split(Command, <<0>>, [global]),
    {Variables, Arguments} = lists:split(binary_to_integer(Count), Rest),
    [os:putenv(text(Name), text(Value)) || Variable <- Variables, [Name, Value] <- [binary:split(Variable, <<"=">>)]],
    %% Nodes differ in their plugins, which bring commands.
    [application:unset_env(rabbitmqctl, Key) || Key <- [commands, commands_core]],
    'Elixir.System':argv(Arguments),
    Output = spawn_link(fun() -> collect([]) end),
    Errors = spawn_link(fun() -> collect([]) end),
    Device = whereis(standard_error),
    unregister(standard_error),
    register(standard_error, Errors),
    {_, Monitor} = spawn_monitor(fun() -> group_leader(Output, self()), exit(status(Main, Arguments)) end),
    Status = receive
        {'DOWN', Monitor, process, _, {status, Ended}} -> Ended;
        {'DOWN', Monitor, process, _, _} -> 1;
        {tcp_closed, Socket} -> halt()
    end,
    unregister(standard_error),
    register(standard_error, Device),
    <<Status:32, (sized(taken(Output)))/binary, (sized(taken(Errors)))/binary>>.

sized(Text) ->
    <<(byte_size(Text)):32, Text/binary>>.

text(Binary) ->
    unicode:characters_to_list(Binary).

%% It ends with exit({shutdown, Status}), from which Elixir's Kernel.CLI makes the status of the VM.
status(Main, Arguments) ->
    try Main(Arguments) of
        _ -> {status, 0}
    catch
        exit:{shutdown, Status} when is_integer(Status) -> {status, Status};
        exit:normal -> {status, 0};
        Class:Reason:Stack ->
            io:format(standard_error, "~tp:~tp~n~tp~n", [Class, Reason, Stack]),
            {status, 1}
    end.

taken(Collector) ->
    Collector ! {take, self()},
    receive {taken, Collector, Printed} -> unicode:characters_to_binary(Printed) end.

%% Answers Erlang's I/O protocol: keeps what is printed, has nothing to read.
collect(Printed) ->
    receive
        {take, Reader} ->
            unlink(Reader),
            Reader ! {taken, self(), Printed};
        {io_request, From, Reply, Request} ->
            {Answer, Characters} = answer(Request),
            From ! {io_reply, Reply, Answer},
            collect([Printed, Characters])
    end.

answer({put_chars, Encoding, Characters}) -> {ok, unicode:characters_to_binary(Characters, Encoding)};
answer({put_chars, Encoding, M, F, A}) -> answer({put_chars, Encoding, apply(M, F, A)});
answer({put_chars, Characters}) -> answer({put_chars, latin1, Characters});
answer({requests, Requests}) -> {ok, [element(2, answer(Request)) || Request <- Requests]};
answer({setopts, _}) -> {ok, []};
answer(getopts) -> {[binary, {encoding, unicode}], []};
answer({get_geometry, _}) -> {{error, enotsup}, []};
answer(_) -> {eof, []}.
