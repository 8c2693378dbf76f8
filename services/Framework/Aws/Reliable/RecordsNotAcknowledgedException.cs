using Amazon.Kinesis.Model;

namespace ServerlessCqrs.Aws.Reliable;

/// <summary>
/// Kinesis did not acknowledge some records. Those that it did acknowledge stay on the stream; one that it did not may be
/// there all the same, when its answer was lost.
/// </summary>
public sealed class RecordsNotAcknowledgedException : Exception
{
    internal RecordsNotAcknowledgedException(
        string streamName,
        IReadOnlyList<PutRecordsResultEntry?> results,
        string cause,
        Exception? innerException = null)
        : base(Describe(streamName, results, cause), innerException) => Results = results;

    /// <summary>In the order of the records: the place of each that was acknowledged, null for the others.</summary>
    public IReadOnlyList<PutRecordsResultEntry?> Results { get; }

    /// <summary>Which records were not acknowledged, by their index.</summary>
    public IReadOnlyList<int> Unacknowledged => [.. Indexes(Results)];

    private static IEnumerable<int> Indexes(IReadOnlyList<PutRecordsResultEntry?> results) =>
        Enumerable.Range(0, results.Count).Where(index => results[index] is null);

    private static string Describe(string streamName, IReadOnlyList<PutRecordsResultEntry?> results, string cause)
    {
        const int Named = 20;
        var indexes = Indexes(results).ToList();
        var names = string.Join(", ", indexes.Take(Named)) + (indexes.Count > Named ? ", …" : "");
        return $"Stream {streamName} did not acknowledge {indexes.Count} of {results.Count} records ({cause}); by index: {names}";
    }
}
