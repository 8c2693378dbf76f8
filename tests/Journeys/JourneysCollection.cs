namespace ServerlessCqrs.Journeys;

/// <summary>
/// All journeys share one stack, one after another, because starting it takes longer than most of them.
/// </summary>
[CollectionDefinition(Name)]
public sealed class JourneysCollection : ICollectionFixture<LocalStack>
{
    public const string Name = "journeys";
}
