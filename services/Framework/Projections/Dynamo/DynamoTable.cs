using Amazon.DynamoDBv2;
using ServerlessCqrs.Projections.Declarations;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Projections.Dynamo;

/// <summary>Where a read model's items are on DynamoDB, for the stores that open it.</summary>
/// <param name="NameOf">What a declared table is called there.</param>
public sealed record DynamoTable(
    IAmazonDynamoDB Db,
    ReadModelDeclaration Model,
    Func<Table, string> NameOf,
    TimeProvider Clock,
    DynamoPauses Pauses)
{
    /// <summary>What the table of the items is called.</summary>
    public string Name { get; } = NameOf(Model.Table);

    /// <summary>What the table of checkpoints is called.</summary>
    public string Checkpoints => NameOf(ReadModelDeclarations.Checkpoints);
}
