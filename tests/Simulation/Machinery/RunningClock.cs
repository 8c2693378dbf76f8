namespace ServerlessCqrs.Simulation.Machinery;

/// <summary>
/// The clock of the running process, for code that all processes share. Outside any process it is the machine's clock.
/// </summary>
public sealed class RunningClock : TimeProvider
{
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => Clock.GetUtcNow();

    public override long GetTimestamp() => SimProcess.Running is { } process ? process.Clock.GetTimestamp() : System.GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => Clock.CreateTimer(callback, state, dueTime, period);

    private static TimeProvider Clock => SimProcess.Running?.Clock ?? System;
}
