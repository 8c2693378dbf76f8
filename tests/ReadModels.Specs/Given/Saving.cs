using ServerlessCqrs.Projections;

namespace ServerlessCqrs.ReadModels.Specs.Given;

/// <summary>Puts stories into stores as a projector does.</summary>
internal static class Saving
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>The folds of these stories, saved over what is there.</summary>
    public static async Task SaveAsync<TDocument>(this IReadModel<TDocument> items, IProjection<TDocument> projection, params IEnumerable<StreamStory> stories)
        where TDocument : class
    {
        foreach (var chunk in stories.Chunk(16))
        {
            var stored = await items.LoadAsync([.. chunk.Select(story => story.Stream)], Ct);
            Assert.DoesNotContain(false, await Task.WhenAll(chunk.Select(story => items.SaveAsync(projection.Fold(story.Events)!, stored.GetValueOrDefault(story.Stream), Ct))));
        }
    }

    /// <summary>All items of a list, page by page.</summary>
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
