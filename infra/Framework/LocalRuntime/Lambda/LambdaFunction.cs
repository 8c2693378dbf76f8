using System.Threading.Channels;

namespace ServerlessCqrs.LocalRuntime.Lambda;

/// <summary>One function: the queue of invocations between its mapping and its instances.</summary>
/// <param name="name">The function's name in the topology.</param>
/// <param name="timeout">The time limit of an invocation, from the moment an instance has it.</param>
public sealed class LambdaFunction(
    string name,
    TimeSpan timeout) : IInvoker
{
    private readonly Channel<Invocation> _waiting = Channel.CreateUnbounded<Invocation>();

    public string Name => name;

    public TimeSpan Timeout => timeout;

    /// <summary>
    /// The ARN in the header of its invocations. The account id is the one that AWS uses in its documentation.
    /// </summary>
    public string Arn => $"arn:aws:lambda:{Resources.AwsClients.Region}:123456789012:function:{name}";

    public async Task<InvocationResult> InvokeAsync(ReadOnlyMemory<byte> payload, CancellationToken ct)
    {
        var invocation = new Invocation(payload);
        await _waiting.Writer.WriteAsync(invocation, ct);
        // A waiting instance would have taken it by now.
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

    /// <summary>Called when an invocation finds all instances busy.</summary>
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
