using System.Globalization;

namespace ServerlessCqrs.Streams.Unicode;

/// <summary>
/// The folding data, parsed when the first text outside ASCII needs it. It uses plain loops, because a function's first
/// request waits for it.
/// </summary>
internal static class FoldingTable
{
    private static readonly Dictionary<int, int[]> Folds = ReadFolds();

    private static readonly Dictionary<int, int> Classes = ReadClasses();

    private static readonly Dictionary<long, int> Pairs = ReadPairs();

    /// <summary>Returns the folded, decomposed form of a code point, or null if it is the simple lower case.</summary>
    public static int[]? FoldOf(int code) => Folds.GetValueOrDefault(code);

    /// <summary>Returns the canonical combining class, which is 0 for characters that are not reordered.</summary>
    public static int ClassOf(int code) => Classes.GetValueOrDefault(code);

    /// <summary>Returns the composition of two code points, or null if there is none.</summary>
    public static int? Compose(int first, int second) => Pairs.TryGetValue(KeyOf(first, second), out var composed) ? composed : null;

    private static Dictionary<int, int[]> ReadFolds()
    {
        var folds = new Dictionary<int, int[]>(10_000);
        foreach (var entry in Entries(FoldingData.Folds))
        {
            var (first, count, targets) = ReadRange(FoldingData.Folds.AsSpan(entry));
            for (var i = 0; i < count; i++) folds.Add(first + i, count == 1 || targets.Length == 0 ? targets : [targets[0] + i]);
        }

        return folds;
    }

    private static Dictionary<int, int> ReadClasses()
    {
        var classes = new Dictionary<int, int>(1_000);
        foreach (var entry in Entries(FoldingData.Classes))
        {
            var (first, count, targets) = ReadRange(FoldingData.Classes.AsSpan(entry));
            for (var i = 0; i < count; i++) classes.Add(first + i, targets[0]);
        }

        return classes;
    }

    private static Dictionary<long, int> ReadPairs()
    {
        var pairs = new Dictionary<long, int>(1_000);
        foreach (var entry in Entries(FoldingData.Pairs))
        {
            var pair = FoldingData.Pairs.AsSpan(entry);
            var (dot, sign) = (pair.IndexOf('.'), pair.IndexOf('='));
            pairs.Add(KeyOf(Hex(pair[..dot]), Hex(pair[(dot + 1)..sign])), Hex(pair[(sign + 1)..]));
        }

        return pairs;
    }

    private static long KeyOf(int first, int second) => ((long)first << 32) | (uint)second;

    /// <summary>Reads <c>first+count=target.target</c>.</summary>
    private static (int First, int Count, int[] Targets) ReadRange(ReadOnlySpan<char> entry)
    {
        var sign = entry.IndexOf('=');
        var plus = entry[..sign].IndexOf('+');
        var rest = entry[(sign + 1)..];
        var targets = new int[rest.IsEmpty ? 0 : rest.Count('.') + 1];
        for (var i = 0; i < targets.Length; i++)
        {
            var dot = rest.IndexOf('.');
            targets[i] = Hex(dot < 0 ? rest : rest[..dot]);
            rest = rest[(dot + 1)..];
        }

        return (Hex(plus < 0 ? entry[..sign] : entry[..plus]), plus < 0 ? 1 : Hex(entry[(plus + 1)..sign]), targets);
    }

    /// <summary>Finds the entries of the data, which are separated by blanks and line ends.</summary>
    private static List<Range> Entries(string data)
    {
        var entries = new List<Range>(8_000);
        for (var begin = 0; begin < data.Length;)
        {
            var length = data.AsSpan(begin).IndexOfAny(' ', '\n', '\r');
            var end = length < 0 ? data.Length : begin + length;
            if (end > begin) entries.Add(begin..end);
            begin = end + 1;
        }

        return entries;
    }

    private static int Hex(ReadOnlySpan<char> text) => int.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
