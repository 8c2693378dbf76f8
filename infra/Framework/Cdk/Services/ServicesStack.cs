using Amazon.CDK;
using Amazon.CDK.AWS.SNS;
using Constructs;
using ServerlessCqrs.Cdk.Data;
using ServerlessCqrs.Cdk.Rights;
using ServerlessCqrs.Topology;
using Topic = Amazon.CDK.AWS.SNS.Topic;

namespace ServerlessCqrs.Cdk.Services;

/// <summary>Everything that works on the data, from top to bottom as a command goes: the write path, the fan-out, the read path.</summary>
public sealed class ServicesStack : Stack
{
    private readonly Dictionary<string, FilteredQueue> _queues = [];
    private readonly Dictionary<string, ProgramFunction> _functions = [];

    public ServicesStack(Construct scope, string id, DataStack data, PublishedPrograms programs, IReadOnlyList<OperatorRight> operatorRights, IStackProps props)
        : base(scope, id, props)
    {
        (Data, Programs, Settings) = (data, programs, new ProgramSettings(this));
        EdgeSecret = new EdgeSecret(this, Options);
        Events = new EventTopic(this, System.Events).Topic;
        foreach (var queue in System.Queues) _queues[queue.Name] = new FilteredQueue(this, queue, Events);

        // Whatever comes before a service stands before the edge, and cannot have settings of it.
        var (commandApi, queryApi) = (Add(System.CommandApi), Add(System.QueryApi));
        Gateway = new Gateway(this, queryApi, commandApi);
        Sockets = System.Live is { } live ? new SocketApi(this, live) : null;
        Edge = new Edge(this, Gateway, Sockets, System.Page is { } site ? new Page(this, site) : null);
        foreach (var function in System.Functions) Add(function);
        Sockets?.SendTo(_functions[System.Live!.Function.Name]);

        // IAM takes no policy without a statement.
        if (operatorRights.Count > 0) this.AddOutput(DeployedNames.OperatorPolicyArn, new OperatorPolicy(this, operatorRights).Policy.ManagedPolicyArn);
        this.AddOutput(DeployedNames.EdgeUrl, Edge.Url);
        this.AddOutput(DeployedNames.DistributionId, Edge.Distribution.DistributionId);
        this.AddOutput(DeployedNames.EventTopicArn, Events.TopicArn);
        foreach (var queue in System.Queues)
        {
            this.AddOutput(DeployedNames.QueueUrl(queue.Name), QueueOf(queue).Queue.QueueUrl);
            this.AddOutput(DeployedNames.QueueUrl(queue.DeadLettersName), QueueOf(queue).DeadLetters.QueueUrl);
        }
    }

    public DataStack Data { get; }

    public SystemTopology System => Data.System;

    public DeploymentOptions Options => Data.Options;

    public PublishedPrograms Programs { get; }

    public ProgramSettings Settings { get; }

    public EdgeSecret EdgeSecret { get; }

    public Topic Events { get; }

    public Gateway Gateway { get; }

    /// <summary>Null for a system without sockets.</summary>
    public SocketApi? Sockets { get; }

    public Edge Edge { get; }

    public IReadOnlyDictionary<string, ProgramFunction> Functions => _functions;

    public FilteredQueue QueueOf(Queue queue) => _queues[queue.Name];

    /// <summary>The program with its mapping and its rights, after those that an update must deploy before it.</summary>
    private ProgramFunction Add(Topology.Program program)
    {
        if (_functions.TryGetValue(program.Name, out var known)) return known;
        var before = System.DeployedAfter.GetValueOrDefault(program.Name, []).Select(Add).ToList();
        var added = _functions[program.Name] = new ProgramFunction(this, program);
        // Who reads the event log may read its password, and no other secret.
        if (ProgramSettings.NeedsEventStore(program)) added.Grant(["secretsmanager:GetSecretValue"], Data.EventStore.SecretArn);
        if (program is Function function) Feed(added, function.Mapping);
        foreach (var right in System.Rights.GetValueOrDefault(program.Name, [])) Grant(added, right);
        foreach (var earlier in before) added.Node.AddDependency(earlier);
        return added;
    }

    private void Feed(ProgramFunction function, Mapping mapping)
    {
        switch (mapping)
        {
            case StreamMapping stream:
                function.FeedFrom(stream, Data.Commands);
                break;
            case QueueMapping queue:
                function.FeedFrom(queue, QueueOf(queue.Source));
                break;
            case ScheduleMapping schedule:
                function.TickOn(schedule);
                break;
        }
    }

    private void Grant(ProgramFunction function, Right right)
    {
        if (right is { On: [RightOn.Provided { What: Provision.Distribution }] })
            Edge.Distribution.GrantCreateInvalidation(function.Function);
        else if (right is { On: [RightOn.Provided { What: Provision.MailFrom }] })
            GrantSending(function, [.. right.Actions]);
        else
            function.Grant([.. right.Actions], [.. right.On.SelectMany(ArnsOf)]);
    }

    /// <summary>
    /// In its sandbox, SES asks for the right to the recipient's identity too (aws-sdk-js#3641). The condition keeps
    /// the sender ours (SES Developer Guide, "Controlling access to Amazon SES").
    /// </summary>
    private void GrantSending(ProgramFunction function, string[] actions) => function.Grant(
        actions,
        new Dictionary<string, object> { ["StringEquals"] = new Dictionary<string, object> { ["ses:FromAddress"] = Options.MailFrom } },
        FormatArn(new ArnComponents { Service = "ses", Resource = "identity", ResourceName = "*" }),
        FormatArn(new ArnComponents { Service = "ses", Resource = "configuration-set", ResourceName = Data.Mail.Settings.ConfigurationSetName }));

    private IEnumerable<string> ArnsOf(RightOn on) => on switch
    {
        RightOn.Items items => [Data.Tables[items.Table].TableArn],
        RightOn.Indexes indexes => (indexes.Table.Indexes ?? []).Select(index => $"{Data.Tables[indexes.Table].TableArn}/index/{index.Name}"),
        RightOn.Records => [Data.Commands.StreamArn],
        RightOn.Messages => [Events.TopicArn],
        RightOn.Provided { What: Provision.MasterKey } => [Data.MasterKey.KeyArn],
        RightOn.Provided { What: Provision.EdgeSecrets } => EdgeSecret.Arns,
        RightOn.Provided { What: Provision.ConnectionsUrl } when Sockets is not null => Sockets.ConnectionArns,
        RightOn.Provided provided => throw new NotSupportedException($"{provided.What} has no ARN. A right on it cannot stand beside others."),
        _ => throw new NotSupportedException($"A right on {on.GetType().Name} cannot be deployed."),
    };
}
