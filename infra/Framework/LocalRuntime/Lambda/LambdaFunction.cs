using System.Threading.Channels;

namespace ServerlessCqrs.LocalRuntime.Lambda;

/// <summary>One function: the queue between its mapping and whichever of its instances is free.</summary>
/// <param name="name">As in the topology.</param>
/// <param name="timeout">What an invocation may take from the moment an instance has it.</param>
public sealed class LambdaFunction(
    string name,
    TimeSpan timeout) : IInvoker
{
    private readonly Channel<Invocation> _waiting = Channel.CreateUnbounded<Invocation>();

    public string Name => name;

    public TimeSpan Timeout => timeout;

    /// <summary>As its invocations' header tells it; the account is the customary one of documentation.</summary>
    public string Arn => $"arn:aws:lambda:{Resources.AwsClients.Region}:123456789012:function:{name}";

    public async Task<InvocationResult> InvokeAsync(ReadOnlyMemory<byte> payload, CancellationToken ct)
    {
        var invocation = new Invocation(payload);
        await _waiting.Writer.WriteAsync(invocation, ct);
        // An instance that waits has taken it by now.
        if (_waiting.Reader.Count > 0)
            NeedsInstance?.Invoke();
        try
        {
            return await invocation.Result.WaitAsync(ct);
        }
        catch (OperationCanceledException)
        {
            invocation.Abandon();
            throw;
        }
    }

    /// <summary>Called when an invocation finds every instance at work.</summary>
    internal Action? NeedsInstance { get; set; }

    internal async Task<Invocation> TakeAsync(CancellationToken ct)
    {
        while (true)
        {
            var invocation = await _waiting.Reader.ReadAsync(ct);
            if (!invocation.IsAbandoned)
                return invocation;
        }
    }
}
