using System.Text;

namespace ServerlessCqrs.Projections.Lists;

/// <summary>
/// Compares texts by their UTF-8 bytes, like DynamoDB. That is the order of code points, from which .NET's ordinal
/// order differs beyond the basic plane.
/// </summary>
public sealed class Utf8Comparer : IComparer<string>
{
    public static Utf8Comparer Instance { get; } = new();

    public int Compare(string? x, string? y) => Encoding.UTF8.GetBytes(x ?? "").AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(y ?? ""));
}
