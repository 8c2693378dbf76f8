using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Projections;

/// <summary>Every read model there is: all who deal with read models, and not with one of them, go by this list.</summary>
public sealed class ReadModelCatalogue
{
    /// <exception cref="ArgumentException">A name comes twice, or a read model has two followers of one category.</exception>
    public ReadModelCatalogue(params IReadOnlyList<ReadModel> models)
    {
        if (models.DistinctBy(model => model.Name).Count() != models.Count) throw new ArgumentException("Two read models have the same name.", nameof(models));
        if (models.FirstOrDefault(model => model.Followers.DistinctBy(follower => follower.Category).Count() != model.Followers.Count) is { } twice)
            throw new ArgumentException($"{twice.Name} follows a category twice.", nameof(models));
        Models = models;
    }

    public IReadOnlyList<ReadModel> Models { get; }

    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public ReadModel this[string name] => Models.FirstOrDefault(model => model.Name == name)
        ?? throw new ArgumentException($"Read model {name} not found. The read models are {string.Join(", ", Models.Select(model => model.Name))}.", nameof(name));

    /// <summary>Those that follow streams of a category, with what they make of them.</summary>
    public IEnumerable<(ReadModel Model, IProjector Follower)> Of(string category) =>
        Models.SelectMany(model => model.Followers, (model, follower) => (model, follower)).Where(one => one.follower.Category == category);

    /// <summary>What makes the documents that streams of a category are read as: of the first read model that is about them. Null where they have none.</summary>
    public IProjector? DocumentOf(string category) => Models.Select(model => model.Followers[0]).FirstOrDefault(follower => follower.Category == category);

    /// <summary>Gives a batch to every read model that follows its streams. Why streams failed, by stream: one's failure fails no other, and a read model's failure no other read model, though all get the stream again and those that have it drop it.</summary>
    public async Task<IReadOnlyDictionary<StreamId, Exception>> ProjectAsync(IReadOnlyCollection<StreamBatch> batches, CancellationToken ct)
    {
        var projected = await Task.WhenAll(Models.Select(async model => (await model.ProjectAsync(batches, ct)).Select(result => (Model: model.Name, Result: result))));
        return projected
            .SelectMany(results => results)
            .Where(one => one.Result.Error is not null)
            .GroupBy(one => one.Result.Stream, one => (one.Model, one.Result.Error!))
            .ToDictionary(failed => failed.Key, failed => (Exception)new ReadModelsFailedException([.. failed]));
    }
}

/// <summary>A stream could not be brought into one or more read models; the message names them and their reasons.</summary>
public sealed class ReadModelsFailedException(IReadOnlyList<(string Model, Exception Reason)> failures)
    : Exception(string.Join("; ", failures.Select(failure => $"{failure.Model}: {failure.Reason.GetType().Name}: {failure.Reason.Message}")), failures[0].Reason);
