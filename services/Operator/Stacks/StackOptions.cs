using System.CommandLine;
using ServerlessCqrs.Operator.Commands;

namespace ServerlessCqrs.Operator.Stacks;

/// <summary>How every command is told which stack is meant.</summary>
internal sealed class StackOptions
{
    private readonly Option<string> _data = Values.TextOf("DIR").Option("--data", "The data folder of a stack on this machine.", ".local/");

    private readonly Option<string?> _stack = Values.Environment.Option("--stack", "Instead, a deployed stack: the environment it was deployed as, with the credentials and region of the AWS CLI.");

    private readonly Option<string?> _clickHouse = Values.HostAndPort.Option("--clickhouse", "With --stack: where this machine reaches the deployed stack's ClickHouse, for instance through a tunnel.");

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

    /// <exception cref="OperatorException">There is no such stack.</exception>
    public async Task<ShopStack> OpenAsync(ParseResult parsed, TimeProvider time, CancellationToken ct) => parsed.GetValue(_stack) is { } environment
        ? await DeployedStack.OpenAsync(environment, parsed.GetValue(_clickHouse), time, ct)
        : LocalStack.Open(parsed.GetValue(_data)!, time);
}
