using ServerlessCqrs.Projections;

namespace ServerlessCqrs.ReadModels.Specs.Given;

/// <summary>Saves stories to stores like a projector.</summary>
internal static class Saving
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Saves the folds of these stories over the stored items.</summary>
    public static async Task SaveAsync<TDocument>(this IReadModel<TDocument> items, IProjection<TDocument> projection, params IEnumerable<StreamStory> stories)
        where TDocument : class
    {
        foreach (var chunk in stories.Chunk(16))
        {
            var stored = await items.LoadAsync([.. chunk.Select(story => story.Stream)], Ct);
            Assert.DoesNotContain(false, await Task.WhenAll(chunk.Select(story => items.SaveAsync(projection.Fold(story.Events)!, stored.GetValueOrDefault(story.Stream), Ct))));
        }
    }

    /// <summary>Returns all items of a list, page by page.</summary>
    public static async Task<IReadOnlyList<T>> AllPagesAsync<T>(Func<string?, Task<(IReadOnlyList<T> Items, string? Next)>> read, int limit)
    {
        var all = new List<T>();
        string? cursor = null;
        do
        {
            var (items, next) = await read(cursor);
            Assert.True(items.Count == limit || next is null && items.Count <= limit);
            all.AddRange(items);
            cursor = next;
        }
        while (cursor is not null);
        return all;
    }
}
