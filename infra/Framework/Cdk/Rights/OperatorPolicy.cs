using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Constructs;
using ServerlessCqrs.Cdk.Services;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Cdk.Rights;

/// <summary>A right of the Operator.</summary>
/// <param name="Resource">The name in recorded calls: <c>table/stream-tips</c>, <c>queue/events-to-mail</c>.</param>
public sealed record OperatorRight(
    string Action,
    string Resource);

/// <summary>
/// The permissions for every command of the Operator. It is a separate policy; attach it to the operators' role or
/// group.
/// </summary>
public sealed class OperatorPolicy : Construct
{
    private readonly ServicesStack _stack;

    public OperatorPolicy(ServicesStack stack, IReadOnlyList<OperatorRight> rights)
        : base(stack, "Operator")
    {
        _stack = stack;
        Policy = new ManagedPolicy(this, "Policy", new ManagedPolicyProps
        {
            Description = "What the Operator's commands need on this stack",
            Statements = [.. Statements(rights)],
        });
    }

    public ManagedPolicy Policy { get; }

    /// <summary>
    /// One statement for all resources with the same actions: a managed policy has at most 6,144 characters (IAM User
    /// Guide, "IAM and AWS STS quotas").
    /// </summary>
    private IEnumerable<PolicyStatement> Statements(IReadOnlyList<OperatorRight> rights) =>
        from resource in rights.GroupBy(right => right.Resource)
        let actions = resource.Select(right => right.Action).Distinct().Order(StringComparer.Ordinal).ToArray()
        group ArnOf(resource.Key) by string.Join(' ', actions) into alike
        orderby alike.Key
        select new PolicyStatement(new PolicyStatementProps { Actions = alike.Key.Split(' '), Resources = [.. alike] });

    private string ArnOf(string resource) => resource.Split('/') switch
    {
        ["table", var table] => TableArn(table),
        ["table", var table, "index", var index] => $"{TableArn(table)}/index/{index}",
        ["stream", _] => _stack.Data.Commands.StreamArn,
        ["queue", var queue] => QueueArn(queue),
        ["key", "master"] => _stack.Data.MasterKey.KeyArn,
        ["secret", "clickhouse"] => _stack.Data.EventStore.SecretArn,
        // A stack's ARN ends with an id that CloudFormation generates.
        ["stack", var part] => _stack.FormatArn(new ArnComponents { Service = "cloudformation", Resource = "stack", ResourceName = $"{StackOf(part)}/*" }),
        _ => throw new NotSupportedException($"The Operator calls {resource}, which has no ARN here. Add it to {nameof(OperatorPolicy)}."),
    };

    private string TableArn(string name) => _stack.Data.Tables[_stack.System.Tables.Single(table => table.Name == name)].TableArn;

    private string QueueArn(string name)
    {
        var queue = _stack.System.Queues.Single(queue => name == queue.Name || name == queue.DeadLettersName);
        return name == queue.Name ? _stack.QueueOf(queue).Queue.QueueArn : _stack.QueueOf(queue).DeadLetters.QueueArn;
    }

    private string StackOf(string part) => part switch
    {
        "data" => _stack.System.DataStack(_stack.Options.Name),
        "services" => _stack.System.ServicesStack(_stack.Options.Name),
        _ => throw new NotSupportedException($"There is no {part} stack."),
    };
}
