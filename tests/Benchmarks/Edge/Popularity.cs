namespace ServerlessCqrs.Benchmarks.Edge;

/// <summary>
/// Chooses the next product to read or change: uniformly, or by Zipf's law (the n-th has 1/n of the first one's share).
/// </summary>
internal sealed class Popularity
{
    private readonly double[] _upTo;

    private Popularity(string name, IEnumerable<double> weights)
    {
        Name = name;
        var sum = 0d;
        _upTo = [.. weights.Select(weight => sum += weight)];
    }

    public string Name { get; }

    public int Products => _upTo.Length;

    public static Popularity Flat(int products) => new("flat", Enumerable.Repeat(1d, products));

    public static Popularity Hot(int products) => new("hot", Enumerable.Range(1, products).Select(rank => 1d / rank));

    public int Next(Random random)
    {
        var found = Array.BinarySearch(_upTo, random.NextDouble() * _upTo[^1]);
        return Math.Min(found < 0 ? ~found : found + 1, Products - 1);
    }
}
