using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Constructs;
using ServerlessCqrs.Calls;
using ServerlessCqrs.Cdk.Services;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Cdk.Rights;

/// <summary>
/// What an operator needs to run every command of the Operator: the rights of the calls that the journeys recorded of it
/// (<c>calls.json</c>), and those with a stated reason. It stands by itself, to be attached to whoever operates the shop.
/// </summary>
public sealed class OperatorPolicy : Construct
{
    private const string Program = "Operator";

    private readonly ServicesStack _stack;

    public OperatorPolicy(ServicesStack stack)
        : base(stack, Program)
    {
        _stack = stack;
        Policy = new ManagedPolicy(this, "Policy", new ManagedPolicyProps
        {
            Description = "What the Operator's commands need on this stack",
            Statements = [.. Statements()],
        });
    }

    public ManagedPolicy Policy { get; }

    /// <summary>Whichever the command.</summary>
    private static IEnumerable<(string Action, string Resource)> Needed => CallTable.Parse(EmbeddedText.Read("calls.json")).Select(CallRights.RightOf)
        .Concat(StatedReasons.All.Select(reason => (reason.Program, reason.Action, reason.Resource)))
        .Where(right => right.Program == Program)
        .Select(right => (right.Action, right.Resource));

    /// <summary>One for all resources with the same actions: a managed policy has at most 6,144 characters (IAM User Guide, "IAM and AWS STS quotas").</summary>
    private IEnumerable<PolicyStatement> Statements() =>
        from resource in Needed.GroupBy(right => right.Resource)
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
        // A stack's ARN ends with an id that it has from CloudFormation.
        ["stack", var part] => _stack.FormatArn(new ArnComponents { Service = "cloudformation", Resource = "stack", ResourceName = $"{StackOf(part)}/*" }),
        _ => throw new NotSupportedException($"The Operator calls {resource}, which has no ARN here. Add it to {nameof(OperatorPolicy)}."),
    };

    private string TableArn(string name) => _stack.Data.Tables[ShopTopology.Tables.Single(table => table.Name == name)].TableArn;

    private string QueueArn(string name)
    {
        var queue = ShopTopology.Queues.Single(queue => name == queue.Name || name == queue.DeadLettersName);
        return name == queue.Name ? _stack.QueueOf(queue).Queue.QueueArn : _stack.QueueOf(queue).DeadLetters.QueueArn;
    }

    private string StackOf(string part) => part switch
    {
        "data" => ShopTopology.All.DataStack(_stack.Options.Name),
        "services" => ShopTopology.All.ServicesStack(_stack.Options.Name),
        _ => throw new NotSupportedException($"There is no {part} stack."),
    };
}
