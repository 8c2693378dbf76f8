using System.Collections.Concurrent;
using ServerlessCqrs.Projections.Building;
using ServerlessCqrs.WebConsole.Serving;

namespace ServerlessCqrs.WebConsole.ReadModels;

/// <summary>Runs builds, comparisons and retirements without an open page: one of each kind per version.</summary>
public sealed class ModelJobs(IStackSource stacks) : IDisposable
{
    private readonly ConcurrentDictionary<(string Kind, string Model), Job> _jobs = new();

    /// <summary>The newest job of each kind and version.</summary>
    public IReadOnlyList<JobState> All => [.. _jobs.Values.Select(job => job.State)];

    /// <exception cref="RefusedException">The same job runs already.</exception>
    public void Build(string name, string version) => Start("build", name, version, async (desk, tell, ct) =>
    {
        var report = await desk.BuildAsync(name, version, progress => tell(state => state with { Progress = progress }), ct);
        tell(state => state with { Built = new BuildResult(report.Streams, report.Events, report.StuckStreams, [.. report.Stuck.Select(stuck => $"{stuck.Stream}: {stuck.Reason}")], report.Elapsed.TotalSeconds) });
    });

    /// <inheritdoc cref="Build"/>
    public void Compare(string name, string version, string? beside) => Start("compare", name, version, async (desk, tell, ct) =>
    {
        var comparison = await desk.CompareAsync(name, version, beside, items => tell(state => state with { Compared = items }), ct);
        tell(state => state with { Comparison = comparison, ComparedWith = beside });
    });

    /// <inheritdoc cref="Build"/>
    public void Retire(string name, string version) => Start("retire", name, version, async (desk, tell, ct) =>
    {
        var items = await desk.RetireAsync(name, version, ct);
        tell(state => state with { Retired = items });
    });

    /// <summary>Stops a job. A build that is started again resumes there.</summary>
    public void Stop(string kind, string model) => _jobs.GetValueOrDefault((kind, model))?.Stop();

    public void Dispose()
    {
        foreach (var job in _jobs.Values) job.Dispose();
    }

    private void Start(string kind, string name, string version, Func<IReadModelDesk, Action<Func<JobState, JobState>>, CancellationToken, Task> run)
    {
        var model = $"{name}-{version}";
        var job = new Job(new JobState(kind, model));
        _jobs.AddOrUpdate(
            (kind, model),
            job,
            (_, other) => other.State.IsRunning ? throw new RefusedException($"A {kind} of {model} runs already.") : job);
        job.Run(async ct => await run((await stacks.OpenAsync(ct)).ReadModels, job.Change, ct));
    }

    private sealed class Job(JobState state) : IDisposable
    {
        private readonly CancellationTokenSource _end = new();
        private volatile JobState _state = state;

        public JobState State => _state;

        public void Change(Func<JobState, JobState> change) => _state = change(_state);

        public void Run(Func<CancellationToken, Task> work) => _ = Task.Run(async () =>
        {
            try
            {
                await work(_end.Token);
            }
            catch (OperationCanceledException) when (_end.IsCancellationRequested)
            {
                Change(state => state with { IsStopped = true });
            }
#pragma warning disable CA1031 // The page shows why it failed.
            catch (Exception e)
#pragma warning restore CA1031
            {
                Change(state => state with { Error = Failures.Tell(e) });
            }
            finally
            {
                Change(state => state with { IsRunning = false });
            }
        });

        public void Stop() => _end.Cancel();

        public void Dispose()
        {
            _end.Cancel();
            _end.Dispose();
        }
    }
}

/// <param name="Kind"><c>build</c>, <c>compare</c> or <c>retire</c>.</param>
public sealed record JobState(
    string Kind,
    string Model)
{
    public bool IsRunning { get; init; } = true;

    public bool IsStopped { get; init; }

    public string? Error { get; init; }

    public BuildProgress? Progress { get; init; }

    public BuildResult? Built { get; init; }

    public long? Compared { get; init; }

    public Comparison? Comparison { get; init; }

    public string? ComparedWith { get; init; }

    public long? Retired { get; init; }
}

public sealed record BuildResult(
    long Streams,
    long Events,
    long StuckStreams,
    IReadOnlyList<string> Stuck,
    double Seconds);
