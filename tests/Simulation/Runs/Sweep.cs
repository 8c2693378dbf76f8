using System.Diagnostics;
using System.Globalization;
using System.Runtime.ExceptionServices;
using ServerlessCqrs.Simulation.Machinery;
using ServerlessCqrs.Simulation.Scene;

namespace ServerlessCqrs.Simulation.Runs;

/// <summary>Runs one seed per thread at a time, until one fails, all are done or the time is up.</summary>
public sealed class Sweep
{
    private readonly Lock _lock = new();
    private long _virtualTicks;
    private long _outcomes;
    private long _faults;
    private long _steps;

    public int Seeds { get; private set; }

    public TimeSpan Took { get; private set; }

    /// <summary>The hash of all timelines, which is the same for the same seeds on any number of threads.</summary>
    public ulong Hash { get; private set; }

    /// <summary>The failure with the lowest seed.</summary>
    public Outcome? Failure { get; private set; }

    public static Sweep Run(ulong from, int seeds, int commands, int threads, Parts parts, TimeSpan time, TextWriter? log = null)
    {
        var sweep = new Sweep();
        var watch = Stopwatch.StartNew();
        var next = -1;
        var said = TimeSpan.Zero;
        ExceptionDispatchInfo? broken = null;
        Thread[] all = [.. Enumerable.Range(0, threads).Select(_ => new Thread(TryWork))];
        foreach (var thread in all) thread.Start();
        foreach (var thread in all) thread.Join();
        broken?.Throw();
        sweep.Took = watch.Elapsed;
        return sweep;

        void TryWork()
        {
            try
            {
                Work();
            }
            catch (Exception e)
            {
                broken = ExceptionDispatchInfo.Capture(e);
            }
        }

        void Work()
        {
            while (broken is null && sweep.Failure is null && watch.Elapsed < time && Interlocked.Increment(ref next) is var index && index < seeds)
            {
                sweep.Add(Outcome.Of(from + (ulong)index, commands, parts));
                lock (sweep._lock)
                {
                    if (log is null || watch.Elapsed - said < TimeSpan.FromSeconds(30)) continue;
                    said = watch.Elapsed;
                    log.WriteLine(sweep.Describe(watch.Elapsed));
                }
            }
        }
    }

    public string Describe(TimeSpan elapsed) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Seeds} seeds, {_outcomes} outcomes, {_faults} faults, {_steps} steps, {TimeSpan.FromTicks(_virtualTicks).TotalHours:0.0} virtual hours in {elapsed.TotalSeconds:0.0} s: {Seeds / elapsed.TotalSeconds:0.0} seeds/s, {TimeSpan.FromTicks(_virtualTicks).TotalHours / elapsed.TotalSeconds:0.00} virtual hours/s; timelines {Hash:x16}");

    private void Add(Outcome outcome)
    {
        lock (_lock)
        {
            Seeds++;
            Hash ^= Mix.Of(outcome.Hash, outcome.Seed);
            _virtualTicks += outcome.VirtualTime.Ticks;
            _outcomes += outcome.Outcomes;
            _faults += outcome.Faults.Count;
            _steps += outcome.Steps;
            if (outcome.Violation is not null && (Failure is null || outcome.Seed < Failure.Seed)) Failure = outcome;
        }
    }
}
