using ServerlessCqrs.Projections;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Operator.Import;

/// <summary>Waits until readers see the imported items.</summary>
public sealed class Visibility(IReadModelVersions items) : ISequel
{
    public string Name => "visible";

    public string Lack => "no item in the read model";

    public string Advice => "Does EventsToReadModels run? Its log and its dead letters say what it cannot do.";

    public async Task<IReadOnlySet<StreamId>> FindAsync(IReadOnlyList<(StreamId Stream, long Version)> awaited, CancellationToken ct)
    {
        var versions = await items.LoadVersionsAsync([.. awaited.Select(item => item.Stream).Distinct()], ct);
        return awaited.Where(item => versions.GetValueOrDefault(item.Stream) >= item.Version).Select(item => item.Stream).ToHashSet();
    }
}
