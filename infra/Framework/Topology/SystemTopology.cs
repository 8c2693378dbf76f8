namespace ServerlessCqrs.Topology;

/// <summary>Everything that a system is deployed as. The local runtime plays it, and the CDK deploys it.</summary>
public sealed record SystemTopology
{
    /// <summary>In lower case. Stacks begin with it, and ClickHouse's database and user have it.</summary>
    public required string Name { get; init; }

    /// <summary>The stream of commands that wait for their decision.</summary>
    public required EventStream Commands { get; init; }

    /// <summary>Where decided events fan out.</summary>
    public required Topic Events { get; init; }

    public required IReadOnlyList<Table> Tables { get; init; }

    public required IReadOnlyList<Queue> Queues { get; init; }

    /// <summary>The service that takes writes.</summary>
    public required HttpService CommandApi { get; init; }

    /// <summary>The service that answers reads.</summary>
    public required HttpService QueryApi { get; init; }

    public required IReadOnlyList<Function> Functions { get; init; }

    /// <summary>The sockets of browsers; null for a system without sockets.</summary>
    public WebSocketApi? Live { get; init; }

    public required EdgeRules Edge { get; init; }

    public required UserGroups Groups { get; init; }

    public required Watch Watch { get; init; }

    /// <summary>What each program may do besides reading its own log, queue and secrets, by its name.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<Right>> Rights { get; init; }

    /// <summary>
    /// Programs that an update must deploy before another, by the other's name. A program that reads a new kind of command or event comes before the one that writes it.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<Program>> DeployedAfter { get; init; } = new Dictionary<string, IReadOnlyList<Program>>();

    /// <summary>The page in front of the API; null for an API alone.</summary>
    public StaticSite? Page { get; init; }

    /// <summary>The name with a capital: the client of the user pool has it, and metrics have it as their namespace.</summary>
    public string Title => char.ToUpperInvariant(Name[0]) + Name[1..];

    public IReadOnlyList<HttpService> Services => [CommandApi, QueryApi];

    /// <summary>Services first.</summary>
    public IReadOnlyList<Program> Programs => [.. Services, .. Functions];

    /// <summary>Every partition that items share, by its table and the name of its index; null for the table itself.</summary>
    public IEnumerable<(Table Table, string? Index, SharedPartition Shared)> SharedPartitions =>
        from table in Tables
        from one in (table.Indexes ?? []).Select(index => ((string?)index.Name, index.Shared)).Prepend((null, table.Shared!))
        where one.Shared is not null
        select (table, one.Item1, one.Shared);

    /// <summary>The function that decides commands.</summary>
    public Function Consumer => Functions.Single(function => function.Mapping is StreamMapping);
}

/// <summary>The groups of users, as tokens name them in <c>cognito:groups</c>.</summary>
/// <param name="Default">The group of a user who is in none.</param>
public sealed record UserGroups(
    IReadOnlyList<string> Names,
    string Default);
