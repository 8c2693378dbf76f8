namespace ServerlessCqrs.Journeys;

/// <summary>The journeys that run on LocalStack's services too; never beside the others, which would make both slow.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ContainerCollection : ICollectionFixture<ContainerStack>
{
    public const string Name = "journeys on a container";
}
