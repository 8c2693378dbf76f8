using System.Collections.Concurrent;
using System.Globalization;

namespace ServerlessCqrs.Calls;

/// <summary>Counts the AWS requests of this process by operation, and keeps a file of the counts up to date.</summary>
public sealed class CallCounter : IDisposable
{
    /// <summary>The maximal age of the file.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(200);

    private const string Extension = ".counts";

    private readonly ConcurrentDictionary<(string Program, string Operation), long> _counts = [];
    private readonly string _file;
    private readonly Timer _timer;
    private int _hasChanged;

    internal CallCounter(string folder)
    {
        _file = Path.Combine(Directory.CreateDirectory(folder).FullName, $"{Environment.ProcessId}{Extension}");
        _timer = new Timer(_ => Write(), null, Pace, Pace);
    }

    /// <summary>Adds up the counts of all processes that use this folder.</summary>
    public static IReadOnlyDictionary<(string Program, string Operation), long> Sum(string folder) => (
        from file in Directory.EnumerateFiles(folder, $"*{Extension}")
        from line in File.ReadLines(file)
        let parts = line.Split('\t')
        group long.Parse(parts[2], CultureInfo.InvariantCulture) by (parts[0], parts[1]))
        .ToDictionary(counts => counts.Key, counts => counts.Sum());

    /// <summary>Waits for a running write.</summary>
    public void Dispose()
    {
        using var ended = new ManualResetEvent(initialState: false);
        if (_timer.Dispose(ended)) ended.WaitOne();
    }

    internal void Add(string program, string operation)
    {
        _counts.AddOrUpdate((program, operation), 1, (_, count) => count + 1);
        Volatile.Write(ref _hasChanged, 1);
    }

    private void Write()
    {
        if (Interlocked.Exchange(ref _hasChanged, 0) == 0) return;
        // A reader sees the old file or the new one, never a part.
        var next = $"{_file}.next";
        File.WriteAllLines(next, _counts.Select(count => string.Create(CultureInfo.InvariantCulture, $"{count.Key.Program}\t{count.Key.Operation}\t{count.Value}")));
        File.Move(next, _file, overwrite: true);
    }
}
