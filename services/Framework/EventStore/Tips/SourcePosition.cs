using System.Globalization;
using System.Numerics;

namespace ServerlessCqrs.EventStore.Tips;

/// <summary>
/// A place on a Kinesis stream. Sequence numbers are decimal integers of up to 128 digits that grow within a partition key, and compare only within the same stream.
/// </summary>
/// <param name="Source">Which stream: ARN and creation time, since a stream may be deleted and made again under its name.</param>
/// <param name="SequenceNumber">The record's sequence number, as Kinesis gives it.</param>
public sealed record SourcePosition(
    string Source,
    string SequenceNumber)
{
    /// <summary>Whether a record of <paramref name="source"/> with that number is at or before this place. A record of another stream never is.</summary>
    public bool Covers(string source, string sequenceNumber) => Source == source && Compare(sequenceNumber, SequenceNumber) <= 0;

    /// <summary>Compares two sequence numbers as integers.</summary>
    public static int Compare(string left, string right) =>
        left.Length == right.Length
            ? string.CompareOrdinal(left, right)
            : BigInteger.Compare(Parse(left), Parse(right));

    private static BigInteger Parse(string number) => BigInteger.Parse(number, NumberStyles.None, CultureInfo.InvariantCulture);
}
