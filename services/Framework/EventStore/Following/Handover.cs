using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Following;

/// <summary>
/// Hands streams to a handler and collects the error of each that failed. When the handler throws, it gets each half
/// separately, and so on. So only the streams that cause an exception fail. Handlers can be called twice with the same
/// stream, because any message may be delivered twice. After <see cref="MostThrows"/> exceptions in a row the cause is
/// a store, not a stream. Then all its streams fail, and nothing is halved until the handler succeeds once.
/// </summary>
internal sealed class Handover(FollowStreams follow)
{
    /// <summary>
    /// One bad stream makes the handler throw at most twice in a row, for a whole and a half. Two bad streams do it
    /// four times, for a whole, both halves and a quarter.
    /// </summary>
    public const int MostThrows = 5;

    private readonly Dictionary<StreamId, Exception> _errors = [];
    private int _throws;

    public IReadOnlyDictionary<StreamId, Exception> Errors => _errors;

    public async Task HandAsync(IReadOnlyList<StreamBatch> streams, CancellationToken ct)
    {
        var parts = new Queue<IReadOnlyList<StreamBatch>>([streams]);
        while (parts.TryDequeue(out var part))
        {
            if (ct.IsCancellationRequested)
            {
                Fail(part, batch => new OutOfTimeException(batch.Stream));
                continue;
            }

            try
            {
                foreach (var (stream, error) in await follow(part, ct)) _errors[stream] = error;
                _throws = 0;
            }
            catch (Exception) when (ct.IsCancellationRequested)
            {
                Fail(part, batch => new OutOfTimeException(batch.Stream) { WasBegun = true });
            }
            catch (Exception e) when (++_throws >= MostThrows)
            {
                Fail([.. part, .. parts.SelectMany(other => other)], _ => e);
                return;
            }
            catch (Exception e) when (part.Count == 1)
            {
                Fail(part, _ => e);
            }
            catch (Exception)
            {
                foreach (var half in part.Chunk((part.Count + 1) / 2)) parts.Enqueue(half);
            }
        }
    }

    private void Fail(IReadOnlyList<StreamBatch> streams, Func<StreamBatch, Exception> error)
    {
        foreach (var batch in streams) _errors[batch.Stream] = error(batch);
    }
}
