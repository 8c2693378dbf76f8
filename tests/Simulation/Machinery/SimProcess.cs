namespace ServerlessCqrs.Simulation.Machinery;

/// <summary>A process of the product: the scheduler of all its code, and its clock. Killed, it runs not one step further, wherever it stood; what it had sent is still under way.</summary>
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

    /// <summary>The process whose code runs now; null between two steps.</summary>
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

    /// <summary>Begins code in this process.</summary>
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

    /// <summary>Never: each continuation is a scheduling point of its own.</summary>
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks() => [];
}
