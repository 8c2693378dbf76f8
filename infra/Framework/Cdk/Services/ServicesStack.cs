using Amazon.CDK;
using Amazon.CDK.AWS.SNS;
using Constructs;
using ServerlessCqrs.Cdk.Data;
using ServerlessCqrs.Cdk.Rights;
using ServerlessCqrs.Topology;
using Topic = Amazon.CDK.AWS.SNS.Topic;

namespace ServerlessCqrs.Cdk.Services;

/// <summary>Everything that works on the data, from top to bottom as a price change goes: the write path, the fan-out, the read path.</summary>
public sealed class ServicesStack : Stack
{
    private readonly Dictionary<string, FilteredQueue> _queues = [];
    private readonly Dictionary<string, ShopFunction> _functions = [];

    public ServicesStack(Construct scope, string id, DataStack data, PublishedPrograms programs, DeploymentOptions options, IStackProps props)
        : base(scope, id, props)
    {
        (Data, Programs, Options, Settings) = (data, programs, options, new ProgramSettings(this));
        EdgeSecret = new EdgeSecret(this, options);
        Events = new EventTopic(this, ShopTopology.Events).Topic;
        foreach (var queue in ShopTopology.Queues) _queues[queue.Name] = new FilteredQueue(this, queue, Events);

        var eventsToReadModels = EventsToReadModels();
        var commandsToEvents = CommandsToEvents();
        // Who reads a new kind of command or event is there before who writes it.
        commandsToEvents.Node.AddDependency(eventsToReadModels);
        var commandApi = CommandApi();
        commandApi.Node.AddDependency(commandsToEvents);
        var queryApi = QueryApi();

        Gateway = new Gateway(this, queryApi, commandApi);
        Edge = new Edge(this, Gateway);
        EventsToMail();
        EventsToEdgeCache();
        Process(ShopTopology.EventsToOrders).Node.AddDependency(commandsToEvents);
        Process(ShopTopology.OrdersToTimeouts).Node.AddDependency(commandsToEvents);
        CanaryToLag();
        LagAndDriftToAlarms();
        HistoryToRecommendations();

        this.Tell(DeployedNames.OperatorPolicyArn, new OperatorPolicy(this).Policy.ManagedPolicyArn);
        this.Tell(DeployedNames.EdgeUrl, Edge.Url);
        this.Tell(DeployedNames.DistributionId, Edge.Distribution.DistributionId);
        this.Tell(DeployedNames.EventTopicArn, Events.TopicArn);
        foreach (var queue in ShopTopology.Queues)
        {
            this.Tell(DeployedNames.QueueUrl(queue.Name), QueueOf(queue).Queue.QueueUrl);
            this.Tell(DeployedNames.QueueUrl(queue.DeadLettersName), QueueOf(queue).DeadLetters.QueueUrl);
        }
    }

    public DataStack Data { get; }

    public PublishedPrograms Programs { get; }

    public DeploymentOptions Options { get; }

    public ProgramSettings Settings { get; }

    public EdgeSecret EdgeSecret { get; }

    public Topic Events { get; }

    public Gateway Gateway { get; }

    public Edge Edge { get; }

    public IReadOnlyDictionary<string, ShopFunction> Functions => _functions;

    public FilteredQueue QueueOf(Queue queue) => _queues[queue.Name];

    private ShopFunction CommandApi()
    {
        var api = Create(ShopTopology.CommandApi);
        api.May(["dynamodb:BatchGetItem", "dynamodb:GetItem"], Arn(ShopTopology.StreamTips));
        api.May(["dynamodb:GetItem", "dynamodb:PutItem"], Arn(ShopTopology.PersonKeys));
        api.May(["kms:Decrypt", "kms:GenerateDataKey"], Data.MasterKey.KeyArn);
        api.May(["kinesis:PutRecords"], Data.Commands.StreamArn);
        api.May(["secretsmanager:GetSecretValue"], [.. EdgeSecret.Arns]);
        return api;
    }

    private ShopFunction CommandsToEvents()
    {
        var function = Create(ShopTopology.CommandsToEvents);
        function.FeedFrom((StreamMapping)ShopTopology.CommandsToEvents.Mapping, Data.Commands);
        function.May(["dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:PutItem"], Arn(ShopTopology.StreamTips));
        function.May(["sns:Publish"], Events.TopicArn);
        return function;
    }

    private ShopFunction EventsToReadModels()
    {
        var function = Fed(ShopTopology.EventsToReadModels);
        MayProject(function);
        return function;
    }

    /// <summary>What a transaction writes asks for the rights of its writes.</summary>
    private void MayProject(ShopFunction function)
    {
        function.May(["dynamodb:BatchGetItem", "dynamodb:GetItem"], Arn(ShopTopology.StreamTips));
        foreach (var table in ShopTopology.ReadModelItems) function.May(["dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:UpdateItem"], Arn(table));
        function.May(["dynamodb:BatchGetItem", "dynamodb:DeleteItem", "dynamodb:PutItem"], Arn(ShopTopology.ProductSearchV1Words));
        function.May(["dynamodb:GetItem", "dynamodb:UpdateItem"], Arn(ShopTopology.Checkpoints));
    }

    private ShopFunction QueryApi()
    {
        var api = Create(ShopTopology.QueryApi);
        api.May(["dynamodb:BatchGetItem", "dynamodb:GetItem"], Arn(ShopTopology.StreamTips));
        foreach (var table in ShopTopology.ReadModelItems)
        {
            // One item, or, to observe the lag, those of several streams that changed.
            api.May(["dynamodb:BatchGetItem", "dynamodb:GetItem"], Arn(table));
            api.May(["dynamodb:Query"], [.. (table.Indexes ?? []).Select(index => $"{Arn(table)}/index/{index.Name}")]);
        }

        api.May(["dynamodb:Query"], Arn(ShopTopology.ProductSearchV1Words));
        api.May(["dynamodb:GetItem"], Arn(ShopTopology.Checkpoints), Arn(ShopTopology.PersonKeys), Arn(ShopTopology.RecommendationsV1), Arn(ShopTopology.BestSellersV1));
        api.May(["kms:Decrypt"], Data.MasterKey.KeyArn);
        api.May(["secretsmanager:GetSecretValue"], [.. EdgeSecret.Arns]);
        return api;
    }

    private void EventsToMail()
    {
        var function = Fed(ShopTopology.EventsToMail);
        function.May(["dynamodb:BatchGetItem", "dynamodb:GetItem"], Arn(ShopTopology.StreamTips));
        function.May(["dynamodb:PutItem", "dynamodb:UpdateItem"], Arn(ShopTopology.Mails));
        function.May(["dynamodb:GetItem"], Arn(ShopTopology.PersonKeys));
        function.May(["kms:Decrypt"], Data.MasterKey.KeyArn);
        // In its sandbox, SES asks for the right to the recipient's identity too (aws-sdk-js#3641). The condition keeps
        // the sender ours (SES Developer Guide, "Controlling access to Amazon SES").
        function.May(
            ["ses:SendEmail"],
            new Dictionary<string, object> { ["StringEquals"] = new Dictionary<string, object> { ["ses:FromAddress"] = Options.MailFrom } },
            FormatArn(new ArnComponents { Service = "ses", Resource = "identity", ResourceName = "*" }),
            FormatArn(new ArnComponents { Service = "ses", Resource = "configuration-set", ResourceName = Data.Mail.Settings.ConfigurationSetName }));
    }

    private void EventsToEdgeCache()
    {
        var function = Fed(ShopTopology.EventsToEdgeCache);
        function.May(["dynamodb:BatchGetItem", "dynamodb:GetItem"], Arn(ShopTopology.ProductsV1), Arn(ShopTopology.ProductsV2));
        function.May(["dynamodb:GetItem"], Arn(ShopTopology.Checkpoints));
        function.May(["dynamodb:UpdateItem"], Arn(ShopTopology.EdgeBudget));
        Edge.Distribution.GrantCreateInvalidation(function.Function);
    }

    /// <summary>A part of the order process: looks at streams, and sends commands.</summary>
    private ShopFunction Process(Function part)
    {
        var function = Fed(part);
        function.May(["dynamodb:BatchGetItem", "dynamodb:GetItem"], Arn(ShopTopology.StreamTips));
        function.May(["kinesis:PutRecords"], Data.Commands.StreamArn);
        return function;
    }

    private void CanaryToLag()
    {
        var function = Create(ShopTopology.CanaryToLag);
        function.TickOn((ScheduleMapping)ShopTopology.CanaryToLag.Mapping);
        function.May(["kinesis:PutRecords"], Data.Commands.StreamArn);
        function.May(["dynamodb:GetItem"], Arn(ShopTopology.StreamTips), Arn(ShopTopology.ProductsV1), Arn(ShopTopology.ProductsV2), Arn(ShopTopology.Checkpoints));
    }

    private void LagAndDriftToAlarms()
    {
        var function = Create(ShopTopology.LagAndDriftToAlarms);
        function.TickOn((ScheduleMapping)ShopTopology.LagAndDriftToAlarms.Mapping);
        MayProject(function);
        function.May(["dynamodb:DeleteItem", "dynamodb:PutItem"], Arn(ShopTopology.Checkpoints));
    }

    private void HistoryToRecommendations()
    {
        var function = Create(ShopTopology.HistoryToRecommendations);
        function.TickOn((ScheduleMapping)ShopTopology.HistoryToRecommendations.Mapping);
        function.May(["dynamodb:DeleteItem", "dynamodb:PutItem", "dynamodb:Scan"], Arn(ShopTopology.RecommendationsV1), Arn(ShopTopology.BestSellersV1));
        function.May(["dynamodb:GetItem", "dynamodb:PutItem"], Arn(ShopTopology.Checkpoints));
    }

    private ShopFunction Fed(Function function)
    {
        var created = Create(function);
        var mapping = (QueueMapping)function.Mapping;
        created.FeedFrom(mapping, QueueOf(mapping.Source));
        return created;
    }

    /// <summary>Who reads the event log may read its password, and no other secret.</summary>
    private ShopFunction Create(Topology.Program program)
    {
        var created = _functions[program.Name] = new ShopFunction(this, program);
        if (ProgramSettings.NeedsEventStore(program)) created.May(["secretsmanager:GetSecretValue"], Data.EventStore.SecretArn);
        return created;
    }

    private string Arn(Table table) => Data.Tables[table].TableArn;
}
