using Amazon.CDK;
using Amazon.CDK.AWS.DynamoDB;
using Constructs;
using ServerlessCqrs.Topology;
using Attribute = Amazon.CDK.AWS.DynamoDB.Attribute;
using Table = Amazon.CDK.AWS.DynamoDB.Table;

namespace ServerlessCqrs.Cdk.Data;

/// <summary>Every table of the topology: on demand, encrypted, and recoverable where the topology says so.</summary>
public sealed class TopologyTables : Construct
{
    private readonly Dictionary<string, Table> _tables = [];

    public TopologyTables(Construct scope, IReadOnlyList<Topology.Table> tables, DeploymentOptions options)
        : base(scope, "Tables")
    {
        Table? before = null;
        foreach (var table in tables)
        {
            var created = _tables[table.Name] = Create(table, options);
            if (table.Indexes is not { Count: > 0 }) continue;
            // One after the other: DynamoDB bounds how many tables with indexes it creates at once (CloudFormation
            // Template Reference, AWS::DynamoDB::Table).
            if (before is not null) created.Node.AddDependency(before);
            before = created;
        }
    }

    public Table this[Topology.Table table] => _tables[table.Name];

    private Table Create(Topology.Table table, DeploymentOptions options)
    {
        var created = new Table(this, table.Name, new TableProps
        {
            PartitionKey = Key(table.PartitionKey),
            SortKey = table.SortKey is { } sort ? Key(sort) : null,
            BillingMode = BillingMode.PAY_PER_REQUEST,
            TimeToLiveAttribute = table.ExpiresAt,
            PointInTimeRecovery = table.IsRecoverable,
            Encryption = TableEncryption.AWS_MANAGED,
            DeletionProtection = options.IsProduction,
            RemovalPolicy = options.DataRemoval(),
        });
        foreach (var index in table.Indexes ?? [])
            created.AddGlobalSecondaryIndex(new GlobalSecondaryIndexProps
            {
                IndexName = index.Name,
                PartitionKey = Key(index.PartitionKey),
                SortKey = Key(index.SortKey),
                ProjectionType = index.Projected.Count == 0 ? ProjectionType.KEYS_ONLY : ProjectionType.INCLUDE,
                NonKeyAttributes = index.Projected.Count == 0 ? null : [.. index.Projected],
            });
        return created;
    }

    private static Attribute Key(KeyAttribute key) => new()
    {
        Name = key.Name,
        Type = key.Type switch
        {
            "S" => AttributeType.STRING,
            "N" => AttributeType.NUMBER,
            "B" => AttributeType.BINARY,
            _ => throw new NotSupportedException($"DynamoDB has no key type {key.Type}."),
        },
    };
}
