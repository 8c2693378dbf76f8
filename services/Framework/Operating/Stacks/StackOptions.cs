using System.CommandLine;
using ServerlessCqrs.Operating.Commands;

namespace ServerlessCqrs.Operating.Stacks;

/// <summary>Commands that work on a stack.</summary>
public static class StackCommands
{
    /// <summary>Gives the command the options that say which stack is meant, and runs it on that stack.</summary>
    public static Command OnStack(
        this Command command,
        OperatedSystem system,
        Func<ParseResult, OperatedStack, CancellationToken, Task<int>> run)
    {
        var options = new StackOptions(system);
        options.AddTo(command);
        command.SetAction(async (parsed, ct) =>
        {
            using var stack = await options.OpenAsync(parsed, TimeProvider.System, ct);
            return await run(parsed, stack, ct);
        });
        return command;
    }
}

/// <summary>The options that select the stack of a command.</summary>
public sealed class StackOptions(OperatedSystem system)
{
    private readonly Option<string> _data = Values.TextOf("DIR").Option("--data", "The data folder of a stack on this machine.", ".local/");

    private readonly Option<string?> _stack = Values.Environment.Option("--stack", "Use a deployed stack: its environment name. Credentials and region are those of the AWS CLI.");

    private readonly Option<string?> _clickHouse = Values.HostAndPort.Option("--clickhouse", "With --stack: the address of its ClickHouse, for example a tunnel.");

    public void AddTo(Command command)
    {
        command.Options.Add(_data);
        command.Options.Add(_stack);
        command.Options.Add(_clickHouse);
        // What would be ignored is an error: a typing mistake must not reach another stack than the one meant.
        command.Validators.Add(result =>
        {
            var isDeployed = result.GetResult(_stack) is { Implicit: false };
            if (!isDeployed && result.GetResult(_clickHouse) is { Implicit: false }) result.AddError("--clickhouse needs --stack.");
            if (isDeployed && result.GetResult(_data) is { Implicit: false }) result.AddError("Give --data or --stack, not both.");
        });
    }

    /// <summary>The environment of a deployed stack; null for a local one.</summary>
    public string? EnvironmentOf(ParseResult parsed) => parsed.GetValue(_stack);

    /// <summary>The data folder of a local stack; null for a deployed one.</summary>
    public string? DataFolderOf(ParseResult parsed) => EnvironmentOf(parsed) is null ? parsed.GetValue(_data) : null;

    /// <summary>The options that select the same stack again, as a person would type them.</summary>
    public string SelectorOf(ParseResult parsed) => string.Join(' ', new Option[] { _data, _stack, _clickHouse }
        .Where(option => parsed.GetResult(option) is { Implicit: false })
        .Where(option => option != _data || Path.GetFullPath(parsed.GetValue(_data)!).TrimEnd('/') != Path.GetFullPath(".local"))
        .Select(option => $"{option.Name} {parsed.GetResult(option)!.Tokens[0].Value}"));

    /// <exception cref="OperatorException">There is no such stack.</exception>
    public async Task<OperatedStack> OpenAsync(ParseResult parsed, TimeProvider time, CancellationToken ct) => parsed.GetValue(_stack) is { } environment
        ? await DeployedStack.OpenAsync(system, environment, parsed.GetValue(_clickHouse), time, ct)
        : LocalStack.Open(system, parsed.GetValue(_data)!, time);
}
