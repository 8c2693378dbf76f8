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
        Description = "Instead of that, a stack that is deployed: the environment it was deployed as, with the credentials and region of the AWS CLI.",
        HelpName = "NAME",
    };

    private readonly Option<string?> _clickHouse = new("--clickhouse")
    {
        Description = "Where the deployed stack's ClickHouse is reached from here, as through a tunnel.",
        HelpName = "HOST:PORT",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_data);
        command.Options.Add(_stack);
        command.Options.Add(_clickHouse);
        _clickHouse.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && !(result.Tokens[0].Value.Split(':') is [{ Length: > 0 }, var port] && ushort.TryParse(port, out _)))
                result.AddError("--clickhouse must be a host and a port, as in 127.0.0.1:8123.");
        });
    }

    /// <exception cref="OperatorException">There is no such stack.</exception>
    public async Task<ShopStack> OpenAsync(ParseResult parsed, TimeProvider time, CancellationToken ct) => parsed.GetValue(_stack) is { } environment
        ? await DeployedStack.OpenAsync(environment, parsed.GetValue(_clickHouse), time, ct)
        : LocalStack.Open(parsed.GetValue(_data)!, time);
}
