using ServerlessCqrs.Topology;

namespace ServerlessCqrs.WebConsole.Flow;

/// <summary>Every part of a topology that a command or an event passes, and the ways between the parts.</summary>
public sealed record FlowMap(
    IReadOnlyList<FlowNode> Nodes,
    IReadOnlyList<FlowEdge> Edges)
{
    private const string Clients = "clients";
    private const string Edge = "edge";
    private const string Gateway = "gateway";
    private const string Log = "log";

    /// <summary>Makes the map from the topology: a program's settings name what it reads and writes.</summary>
    public static FlowMap Of(FlowParts parts)
    {
        List<FlowNode> nodes = [new(Clients, NodeKind.Clients, "Clients"), new(Edge, NodeKind.Edge, "Edge", "CloudFront"), new(Gateway, NodeKind.Gateway, "Gateway")];
        List<FlowEdge> edges = [new(Clients, Edge), new(Edge, Gateway)];
        nodes.Add(new(StreamId(parts.Commands), NodeKind.Stream, "Kinesis", $"{parts.Commands.Shards} shards"));
        nodes.Add(new(TopicId(parts.Events), NodeKind.Topic, "SNS", parts.Events.Name));
        foreach (var service in parts.Services)
        {
            nodes.Add(new(service.Name, NodeKind.Service, service.Name));
            edges.Add(new(Gateway, service.Name));
            if (StreamOf(service) is { } stream) edges.Add(new(service.Name, StreamId(stream)));
        }

        foreach (var queue in parts.Queues)
        {
            nodes.Add(new(QueueId(queue), NodeKind.Queue, queue.Name, queue.Delay > TimeSpan.Zero ? $"{Tell(queue.Delay)} late" : null) { Queue = queue.Name });
            edges.Add(new(TopicId(queue.Source), QueueId(queue)));
        }

        foreach (var function in parts.Functions) Add(function, parts, nodes, edges);
        foreach (var service in parts.Services.Where(service => StreamOf(service) is null))
            foreach (var tables in nodes.Where(node => node.Kind == NodeKind.Tables && node.Tables.Intersect(TablesOf(service)).Any()).ToList())
                edges.Add(new(tables.Id, service.Name, EdgeKind.Reads));
        return new FlowMap(nodes, edges);
    }

    /// <summary>The way that a command of a client takes, up to the log.</summary>
    public static IEnumerable<FlowEdge> WayIn(FlowMap map, FlowParts parts)
    {
        var deciders = parts.Functions.Where(function => function.Mapping is StreamMapping).Select(function => function.Name).ToHashSet();
        return map.Edges.Where(edge => (edge.To == StreamId(parts.Commands) && edge.Kind == EdgeKind.Way) || deciders.Contains(edge.To) || (deciders.Contains(edge.From) && edge.To != TopicId(parts.Events)));
    }

    /// <summary>The way that an event with these tags takes, from the topic on.</summary>
    public static IEnumerable<FlowEdge> WayOut(FlowMap map, FlowParts parts, IReadOnlyCollection<string> tags)
    {
        var queues = parts.Queues.Where(queue => tags.Contains(queue.Tag)).ToList();
        if (queues.Count == 0) return [];
        var ids = queues.Select(QueueId).ToHashSet();
        var functions = parts.Functions.Where(function => function.Mapping is QueueMapping mapping && queues.Contains(mapping.Source)).Select(function => function.Name).ToHashSet();
        return map.Edges.Where(edge => edge.To == TopicId(parts.Events) || ids.Contains(edge.To) || functions.Contains(edge.To) || (functions.Contains(edge.From) && edge.Kind != EdgeKind.Loop));
    }

    private static void Add(Function function, FlowParts parts, List<FlowNode> nodes, List<FlowEdge> edges)
    {
        switch (function.Mapping)
        {
            case StreamMapping mapping:
                nodes.Add(new(function.Name, NodeKind.Decider, function.Name));
                edges.Add(new(StreamId(mapping.Source), function.Name));
                AddDecider(function, nodes, edges);
                break;
            case QueueMapping mapping:
                nodes.Add(new(function.Name, NodeKind.Function, function.Name));
                edges.Add(new(QueueId(mapping.Source), function.Name));
                AddEffect(function, parts, nodes, edges);
                break;
            case ScheduleMapping mapping:
                nodes.Add(new(function.Name, NodeKind.Clock, function.Name, $"every {Tell(mapping.Every)}"));
                break;
        }
    }

    /// <summary>What a decider commits to, appends to and publishes to.</summary>
    private static void AddDecider(Function function, List<FlowNode> nodes, List<FlowEdge> edges)
    {
        string[] tables = [.. TablesOf(function)];
        if (tables.Length > 0)
        {
            nodes.Add(new($"{function.Name} tables", NodeKind.Tips, Sentence(tables[0]), "DynamoDB") { Tables = tables });
            edges.Add(new(function.Name, $"{function.Name} tables", EdgeKind.Writes));
        }

        if (Provides(function, Provision.ClickHouse))
        {
            nodes.Add(new(Log, NodeKind.Log, "Event log", "ClickHouse"));
            edges.Add(new(function.Name, Log, EdgeKind.Writes));
        }

        foreach (var topic in function.Environment.Select(setting => setting.Value).OfType<SettingValue.TopicArn>().Select(value => value.Topic))
            edges.Add(new(function.Name, TopicId(topic)));
    }

    /// <summary>What a follower of events produces: commands, invalidations, mails, or items of tables.</summary>
    private static void AddEffect(Function function, FlowParts parts, List<FlowNode> nodes, List<FlowEdge> edges)
    {
        if (StreamOf(function) is { } stream)
        {
            edges.Add(new(function.Name, StreamId(stream), EdgeKind.Loop));
        }
        else if (Provides(function, Provision.Distribution))
        {
            edges.Add(new(function.Name, Edge, EdgeKind.Loop));
        }
        else if (Provides(function, Provision.MailFrom))
        {
            nodes.Add(new($"{function.Name} mails", NodeKind.Mail, "SES", "mails"));
            edges.Add(new(function.Name, $"{function.Name} mails"));
        }
        else
        {
            // A function only reads the tables of a decider.
            string[] tables = [.. TablesOf(function).Except(parts.Functions.Where(one => one.Mapping is StreamMapping).SelectMany(TablesOf))];
            if (tables.Length == 0) return;
            nodes.Add(new($"{function.Name} tables", NodeKind.Tables, LabelOf(tables, parts), "DynamoDB") { Tables = tables });
            edges.Add(new(function.Name, $"{function.Name} tables"));
        }
    }

    private static string LabelOf(string[] tables, FlowParts parts) =>
        tables.Intersect(parts.ReadModels).Any() ? "Read models" : tables.Length == 1 ? Sentence(tables[0]) : $"{tables.Length} tables";

    private static string StreamId(EventStream stream) => $"stream {stream.Name}";

    private static string TopicId(Topic topic) => $"topic {topic.Name}";

    private static string QueueId(Queue queue) => $"queue {queue.Name}";

    private static EventStream? StreamOf(Program program) => program.Environment.Select(setting => setting.Value).OfType<SettingValue.StreamName>().FirstOrDefault()?.Stream;

    private static IEnumerable<string> TablesOf(Program program) => program.Environment.Select(setting => setting.Value).OfType<SettingValue.TableName>().Select(value => value.Table.Name).Distinct();

    private static bool Provides(Program program, Provision what) => program.Environment.Any(setting => setting.Value is SettingValue.Provided provided && provided.What == what);

    private static string Sentence(string name) => char.ToUpperInvariant(name[0]) + name[1..].Replace('-', ' ');

    private static string Tell(TimeSpan time) => time.TotalMinutes >= 1 ? $"{time.TotalMinutes:0} min" : $"{time.TotalSeconds:0} s";
}

/// <param name="Id">Unique within the map.</param>
/// <param name="Detail">A few words below the label; null for none.</param>
public sealed record FlowNode(
    string Id,
    NodeKind Kind,
    string Label,
    string? Detail = null)
{
    /// <summary>The queue's name in the topology; null for any other node.</summary>
    public string? Queue { get; init; }

    /// <summary>The tables that the node stands for.</summary>
    public IReadOnlyList<string> Tables { get; init; } = [];
}

/// <summary>A way from one node to another.</summary>
public sealed record FlowEdge(
    string From,
    string To,
    EdgeKind Kind = EdgeKind.Way)
{
    public string Id => $"{From} > {To}";
}

public enum NodeKind
{
    Clients,
    Edge,
    Gateway,
    Service,
    Stream,

    /// <summary>The function that decides commands.</summary>
    Decider,
    Tips,
    Log,
    Topic,
    Queue,

    /// <summary>A function that follows events.</summary>
    Function,
    Tables,
    Mail,

    /// <summary>A function on a schedule.</summary>
    Clock,
}

public enum EdgeKind
{
    Way,

    /// <summary>A store beside the way.</summary>
    Writes,

    /// <summary>Back to an earlier part.</summary>
    Loop,

    /// <summary>From a store to who reads it.</summary>
    Reads,
}
