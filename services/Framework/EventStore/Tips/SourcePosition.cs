using System.Globalization;
using System.Numerics;

namespace ServerlessCqrs.EventStore.Tips;

/// <summary>
/// A position on a Kinesis stream. Sequence numbers are decimal integers of up to 128 digits that grow within a
/// partition key. Only numbers of the same stream can be compared.
/// </summary>
/// <param name="Source">The stream's ARN and creation time, because a deleted stream can be recreated under the same
/// name.</param>
/// <param name="SequenceNumber">The record's sequence number, as Kinesis returned it.</param>
public sealed record SourcePosition(
    string Source,
    string SequenceNumber)
{
    /// <summary>
    /// Returns true if the record of <paramref name="source"/> with that number is at or before this position. Records
    /// of another source never are.
    /// </summary>
    public bool Covers(string source, string sequenceNumber) => Source == source && Compare(sequenceNumber, SequenceNumber) <= 0;

    /// <summary>Compares two sequence numbers as integers.</summary>
    public static int Compare(string left, string right) =>
        left.Length == right.Length
            ? string.CompareOrdinal(left, right)
            : BigInteger.Compare(Parse(left), Parse(right));

    private static BigInteger Parse(string number) => BigInteger.Parse(number, NumberStyles.None, CultureInfo.InvariantCulture);
}
