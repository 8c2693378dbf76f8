using System.Collections.Concurrent;
using System.Globalization;
using Amazon.Kinesis;
using Amazon.Kinesis.Model;

namespace ServerlessCqrs.CommandsToEvents;

/// <summary>Which Kinesis stream a record is of: its ARN and creation time. A stream deleted and made again under its name begins its sequence numbers anew, and must not be taken for the old one.</summary>
internal sealed class StreamIdentity(IAmazonKinesis kinesis)
{
    private readonly ConcurrentDictionary<string, string> _known = [];

    public async Task<string> OfAsync(string arn, CancellationToken ct)
    {
        if (_known.TryGetValue(arn, out var known)) return known;
        var summary = await kinesis.DescribeStreamSummaryAsync(new DescribeStreamSummaryRequest { StreamName = arn[(arn.IndexOf('/', StringComparison.Ordinal) + 1)..] }, ct);
        var created = summary.StreamDescriptionSummary?.StreamCreationTimestamp ?? throw new InvalidOperationException($"Kinesis told no creation time of {arn}.");
        return _known[arn] = string.Create(CultureInfo.InvariantCulture, $"{arn}@{new DateTimeOffset(created.ToUniversalTime()).ToUnixTimeMilliseconds()}");
    }
}
