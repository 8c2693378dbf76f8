namespace ServerlessCqrs.Simulation.Machinery;

/// <summary>
/// A process of the product: the scheduler of all its code, and its clock. A killed process runs no further step, at
/// any point of its code. Its calls in flight continue.
/// </summary>
public sealed class SimProcess : TaskScheduler
{
    private readonly TaskCompletionSource _died = new();

    public SimProcess(Simulator simulator, string name, TimeSpan skew, bool mayDie)
    {
        Simulator = simulator;
        Name = name;
        MayDie = mayDie;
        Clock = new ProcessClock(this, skew);
    }

    /// <summary>The running process, or null between two steps.</summary>
    public static SimProcess? Running => Current as SimProcess;

    public Simulator Simulator { get; }

    public string Name { get; }

    public bool MayDie { get; }

    public bool IsAlive { get; private set; } = true;

    public Task Died => _died.Task;

    public ProcessClock Clock { get; }

    public void Kill(string why)
    {
        if (!IsAlive) return;
        IsAlive = false;
        Simulator.Timeline.Add("killed", null, $"{Name}: {why}");
        _died.SetResult();
    }

    /// <summary>Starts code in this process.</summary>
    public Task<T> Start<T>(Func<Task<T>> code) => Task.Factory.StartNew(code, CancellationToken.None, TaskCreationOptions.None, this).Unwrap();

    /// <inheritdoc cref="Start{T}"/>
    public Task Start(Func<Task> code) => Task.Factory.StartNew(code, CancellationToken.None, TaskCreationOptions.None, this).Unwrap();

    internal void Execute(Task task)
    {
        if (IsAlive) TryExecuteTask(task);
    }

    protected override void QueueTask(Task task)
    {
        if (IsAlive) Simulator.Ready(this, task);
    }

    /// <summary>Never inline, because each continuation is a separate scheduling point.</summary>
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks() => [];
}
