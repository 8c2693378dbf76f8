using System.CommandLine;

namespace ServerlessCqrs.Operator.Stacks;

/// <summary>How every command is told which stack is meant.</summary>
internal sealed class StackOptions
{
    private readonly Option<string> _data = new("--data")
    {
        Description = "The data folder of a stack on this machine.",
        HelpName = "DIR",
        DefaultValueFactory = _ => ".local/",
    };

    private readonly Option<string?> _stack = new("--stack")
    {
        Description = "The name of a deployed stack (not yet).",
        HelpName = "NAME",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_data);
        command.Options.Add(_stack);
    }

    /// <exception cref="OperatorException">There is no such stack.</exception>
    public LocalStack Open(ParseResult parsed, TimeProvider time) => parsed.GetValue(_stack) is { } name
        ? throw new OperatorException($"Not yet: a deployed stack ('{name}') can be named once the shop can be deployed (cdk deploy). Until then, name a local one by its data folder, with --data DIR.")
        : LocalStack.Open(parsed.GetValue(_data)!, time);
}
