using System.Threading.Channels;

namespace ServerlessCqrs.QueryApi.Specs.Playground;

public enum Fault
{
    None,
    Fails,
    Hangs,
}

/// <summary>The faults of a fake, and the number of its calls.</summary>
public sealed class Faults
{
    private readonly Channel<bool> _hanging = Channel.CreateUnbounded<bool>();
    private readonly Channel<bool> _passed = Channel.CreateUnbounded<bool>();
    private int _calls;

    public Fault Now { get; set; }

    public int Calls => _calls;

    /// <summary>Completes when another call hangs.</summary>
    public async Task HangingAsync() => await _hanging.Reader.ReadAsync(TestContext.Current.CancellationToken);

    /// <summary>Completes when another call succeeds.</summary>
    public async Task PassedAsync() => await _passed.Reader.ReadAsync(TestContext.Current.CancellationToken);

    public async Task PassAsync(CancellationToken ct)
    {
        Interlocked.Increment(ref _calls);
        if (Now == Fault.Fails) throw new IOException("The fake fails.");
        if (Now == Fault.Hangs)
        {
            _hanging.Writer.TryWrite(true);
            await Task.Delay(Timeout.Infinite, ct);
        }

        _passed.Writer.TryWrite(true);
    }
}
