using System.Globalization;
using System.Text;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Simulation.Machinery;

/// <summary>Everything that happened, in order, and its hash. Two runs of a seed have the same hash.</summary>
public sealed class Timeline(Simulator simulator)
{
    private readonly List<(long At, string What, StreamId? Stream, string Detail)> _entries = [];
    private readonly Dictionary<Guid, string> _names = [];

    public ulong Hash { get; private set; } = 0xCBF29CE484222325UL;

    public int Count => _entries.Count;

    public void Add(string what, StreamId? stream, string detail)
    {
        _entries.Add((simulator.Now, what, stream, detail));
        Hash = Mix.Of(Hash, (ulong)simulator.Now);
        Hash = Mix.Of(what, Hash);
        if (stream is { } named) Hash = Mix.Of(named.ToString(), Hash);
        Hash = Mix.Of(detail, Hash);
    }

    /// <summary>
    /// Returns a short name by order of appearance, for ids that may be random, for example of commands without a key.
    /// </summary>
    public string NameOf(Guid command)
    {
        if (!_names.TryGetValue(command, out var name)) _names.Add(command, name = $"c{_names.Count}");
        return name;
    }

    /// <summary>
    /// Returns the last <paramref name="most"/> lines that concern one stream or none in particular. Returns all if
    /// <paramref name="stream"/> is null.
    /// </summary>
    public string Print(StreamId? stream, int most = 120)
    {
        var text = new StringBuilder();
        var lines = _entries.Where(e => stream is null || e.Stream is null || e.Stream == stream).ToList();
        if (lines.Count > most) text.AppendLine(CultureInfo.InvariantCulture, $"  … {lines.Count - most} lines before");
        foreach (var (at, what, about, detail) in lines.TakeLast(most))
            text.AppendLine(CultureInfo.InvariantCulture, $"  {TimeSpan.FromTicks(at):hh\\:mm\\:ss\\.fff} {what,-18} {about} {detail}");
        return text.ToString();
    }
}
