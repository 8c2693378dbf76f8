using System.Runtime.ExceptionServices;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Simulation.Machinery;

/// <summary>
/// One thread, one virtual clock and one seeded scheduler. Every continuation of the code under test is a task on the
/// scheduler of its process. The seed chooses among the tasks that are ready. If none is ready, time jumps to the next
/// due task.
/// </summary>
public sealed class Simulator
{
    private const int LongestDetail = 2_000;

    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly PriorityQueue<Action, (long At, long Order)> _due = new();
    private readonly List<(SimProcess Process, Task Task)> _ready = [];
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private long _order;

    // The code that schedules a continuation swallows its exceptions, so the run must observe them itself.
    private volatile Exception? _left;

    public Simulator(ulong seed)
    {
        Random = new Random(unchecked((int)Mix.Of(seed, 0x5EED)));
        Timeline = new Timeline(this);
    }

    /// <summary>
    /// Chooses among the ready tasks. Nothing else may use it, so that removing one fault changes as little as
    /// possible.
    /// </summary>
    public Random Random { get; }

    public Timeline Timeline { get; }

    /// <summary>The virtual time since the start, in ticks.</summary>
    public long Now { get; private set; }

    public DateTimeOffset UtcNow => Start.AddTicks(Now);

    public long Steps { get; private set; }

    /// <summary>Set by the first check that fails. Nothing runs after it.</summary>
    public Violation? Violation { get; private set; }

    public void Violate(string invariant, string detail, StreamId? stream = null)
    {
        // Documents and commands can be large.
        if (detail.Length > LongestDetail) detail = $"{detail[..LongestDetail]}…";
        Timeline.Add("VIOLATED", stream, $"{invariant}: {detail}");
        Violation ??= new Violation(invariant, detail, stream);
    }

    /// <summary>Runs <paramref name="action"/> outside of all processes, after a delay.</summary>
    public void After(TimeSpan delay, Action action) => _due.Enqueue(action, (Now + Math.Max(0, delay.Ticks), _order++));

    /// <summary>A delay for the simulated services.</summary>
    public Task Delay(TimeSpan delay)
    {
        var done = new TaskCompletionSource();
        After(delay, done.SetResult);
        return done.Task;
    }

    /// <summary>
    /// Runs until nothing is left to do, the time is up, or a check failed. Returns true if nothing is left.
    /// </summary>
    public bool Run(TimeSpan until)
    {
        while (Violation is null)
        {
            if (_left is { } left) ExceptionDispatchInfo.Throw(left);
            Steps++;
            if (_ready.Count > 0)
            {
                RunOne();
                continue;
            }

            if (!_due.TryPeek(out _, out var next)) return true;
            if (next.At > until.Ticks) return false;
            Now = next.At;
            _due.Dequeue()();
        }

        return false;
    }

    internal void Ready(SimProcess process, Task task)
    {
        AssertInside();
        _ready.Add((process, task));
    }

    internal void AssertInside()
    {
        if (Environment.CurrentManagedThreadId == _thread) return;
        var left = new InvalidOperationException("Code under test left the simulation's thread.");
        _left = ExceptionDispatchInfo.SetCurrentStackTrace(left);
        throw new InvalidOperationException(left.Message);
    }

    private void RunOne()
    {
        var index = _ready.Count == 1 ? 0 : Random.Next(_ready.Count);
        var (process, task) = _ready[index];
        _ready.RemoveAt(index);
        process.Execute(task);
    }
}

/// <summary>A check that failed.</summary>
public sealed record Violation(
    string Invariant,
    string Detail,
    StreamId? Stream);
