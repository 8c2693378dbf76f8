using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.Projections.Declarations;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Projections;

/// <summary>One version of one read model.</summary>
/// <param name="Name">Name and version, as in <c>accounts-v1</c>: the name of its table, its lag and its log lines.</param>
/// <param name="Followers">What it makes of each category of streams that it folds; each category once.</param>
public sealed record ReadModel(
    string Name,
    params IReadOnlyList<IProjector> Followers) : IReadModelVersions
{
    /// <summary>Declared, and not written before an operator wakes it: a version that is to be built beside the one that serves.</summary>
    public bool IsBornAsleep { get; init; }

    /// <summary>What all its versions are called together, as in <c>accounts</c>.</summary>
    public string Family => ReadModelDeclaration.FamilyOf(Name);

    /// <summary>Its name among them, as in <c>v1</c>.</summary>
    public string Version => Name[(Family.Length + 1)..];

    /// <summary>What it makes of streams of this category; null where it does not follow them.</summary>
    public IProjector? Of(string category) => Followers.FirstOrDefault(follower => follower.Category == category);

    /// <summary>Projects what a batch says, each stream once; what it does not follow, and hints for another read model, are left out. No stream's failure fails another.</summary>
    public async Task<IReadOnlyCollection<Projected>> ProjectAsync(IReadOnlyCollection<StreamBatch> batches, CancellationToken ct)
    {
        var parts = batches.Select(batch => batch.For(Name)).OfType<StreamBatch>().ToLookup(batch => batch.Stream.Category);
        var projected = await Task.WhenAll(Followers.Where(follower => parts.Contains(follower.Category)).Select(follower => follower.ProjectAsync([.. parts[follower.Category]], ct)));
        return [.. projected.SelectMany(results => results)];
    }

    /// <summary>The versions of these streams' items; what it does not follow is missing in the result.</summary>
    public async Task<IReadOnlyDictionary<StreamId, long>> LoadVersionsAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct)
    {
        var parts = streams.ToLookup(stream => stream.Category);
        var versions = await Task.WhenAll(Followers.Where(follower => parts.Contains(follower.Category)).Select(follower => follower.LoadVersionsAsync([.. parts[follower.Category]], ct)));
        return versions.SelectMany(part => part).ToDictionary();
    }
}
