using System.Collections.Concurrent;
using System.Globalization;
using Amazon.Kinesis;
using Amazon.Kinesis.Model;

namespace ServerlessCqrs.Functions.Writing;

/// <summary>
/// Identifies a Kinesis stream by its ARN and creation time. A stream that is deleted and recreated under the same name
/// restarts its sequence numbers, so the ARN alone does not identify it.
/// </summary>
internal sealed class StreamIdentity(IAmazonKinesis kinesis)
{
    private readonly ConcurrentDictionary<string, string> _known = [];

    public async Task<string> OfAsync(string arn, CancellationToken ct)
    {
        if (_known.TryGetValue(arn, out var known)) return known;
        var summary = await kinesis.DescribeStreamSummaryAsync(new DescribeStreamSummaryRequest { StreamName = arn[(arn.IndexOf('/', StringComparison.Ordinal) + 1)..] }, ct);
        var created = summary.StreamDescriptionSummary?.StreamCreationTimestamp ?? throw new InvalidOperationException($"Kinesis returned no creation time for {arn}.");
        return _known[arn] = string.Create(CultureInfo.InvariantCulture, $"{arn}@{new DateTimeOffset(created.ToUniversalTime()).ToUnixTimeMilliseconds()}");
    }
}
