using System.CommandLine;
using ServerlessCqrs.Operating.ConsolePage;
using ServerlessCqrs.Operating.Stacks;
using ServerlessCqrs.WebConsole;
using ServerlessCqrs.WebConsole.Flow;

namespace ServerlessCqrs.Operating.Commands;

/// <summary><c>console</c>: a web page about a stack, on this machine alone.</summary>
internal sealed class ConsoleCommand(OperatedSystem system)
{
    /// <summary>Set by a program that starts the console and tells its URL itself. An argument would show it to every user of the machine.</summary>
    private const string TokenSetting = "CONSOLE_TOKEN";

    private readonly Option<int> _port = Values.Whole("N", 0, 65_535).Option(
        "--port",
        "The page's port on 127.0.0.1. 0 takes a free one.",
        otherwise: 0);

    public Command Create()
    {
        var stack = new StackOptions(system);
        var command = new Command("console", "Shows a stack in a web page on 127.0.0.1: flow, streams, dead letters and read models. Uses your own credentials. Ctrl-C ends it.") { _port };
        stack.AddTo(command);
        command.SetAction((parsed, ct) => RunAsync(parsed, stack, ct));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, StackOptions options, CancellationToken ct)
    {
        var data = options.DataFolderOf(parsed);
        var opened = await options.OpenAsync(parsed, TimeProvider.System, ct);
        using var stack = new ConsoleStack(opened, data, TimeProvider.System);
        var console = new ConsoleOptions(
            options.EnvironmentOf(parsed) ?? "local",
            options.SelectorOf(parsed),
            parsed.GetValue(_port),
            Environment.GetEnvironmentVariable(TokenSetting) is { Length: > 0 } token ? token : ConsoleOptions.NewToken(),
            PageFolder.Find(),
            FlowParts.Of(system.Topology, [.. opened.Models.Models.Select(model => model.Name)]));
        await using var server = await ConsoleServer.StartAsync(console, stack, TimeProvider.System, ct);
        Console.WriteLine($"The console is at {server.Url}");
        Console.WriteLine("The URL lets its reader operate the stack. Ctrl-C ends it.");
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, ct);
        }
        catch (OperationCanceledException)
        {
            // Ctrl-C is how it ends.
        }

        return ExitCodes.Good;
    }
}
