namespace ServerlessCqrs.Journeys;

/// <summary>
/// The journeys that also run on LocalStack's services. They never run in parallel with the others, which would slow
/// down both.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ContainerCollection : ICollectionFixture<ContainerStack>
{
    public const string Name = "journeys on a container";
}
