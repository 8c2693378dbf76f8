using Amazon.Kinesis.Model;

namespace ServerlessCqrs.Aws.Reliable;

/// <summary>
/// Kinesis did not acknowledge some records. Acknowledged records stay on the stream. An unacknowledged record may be
/// there too, if the response was lost.
/// </summary>
public sealed class RecordsNotAcknowledgedException : Exception
{
    internal RecordsNotAcknowledgedException(
        string streamName,
        IReadOnlyList<PutRecordsResultEntry?> results,
        string cause,
        Exception? innerException = null)
        : base(Describe(streamName, results, cause), innerException) => Results = results;

    /// <summary>The position of each acknowledged record, in the order of the records. Null for the others.</summary>
    public IReadOnlyList<PutRecordsResultEntry?> Results { get; }

    /// <summary>The indexes of the records that were not acknowledged.</summary>
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
