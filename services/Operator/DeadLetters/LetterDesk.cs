using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Log;

namespace ServerlessCqrs.Operator.DeadLetters;

/// <summary>
/// Where people decide about dead letters. All that is done with one is recorded before it is done. A letter is sent back, and only then deleted: whatever interrupts it, none is lost, and one that was sent and not yet deleted is sent
/// again, which does no harm.
/// </summary>
internal sealed class LetterDesk(IReadOnlyList<ILetterQueue> queues, IOperationsJournal journal, string who, TimeProvider time)
{
    public const string Redrive = "redrive";

    public const string Discard = "discard";

    // What is recorded at once; what is recorded and was not done is at most that.
    private const int Chunk = 100;

    // Streams at once: each waits for SQS alone.
    private const int StreamsAtOnce = 16;

    /// <summary>The letters that a filter names, the oldest first. They stay where they are.</summary>
    public async Task<IReadOnlyList<Letter>> ListAsync(LetterFilter filter, CancellationToken ct)
    {
        List<Letter> found = [];
        await TakeAsync(filter, (_, letters) =>
        {
            lock (found) found.AddRange(letters);
            return Task.CompletedTask;
        }, ct);
        return [.. found.OrderBy(letter => letter.FailedAt).ThenBy(letter => letter.Version)];
    }

    /// <summary>Sends the letters that a filter names to their functions again, a stream's in the order of its versions. How many it were.</summary>
    public Task<int> RedriveAsync(LetterFilter filter, CancellationToken ct) => EndAsync(filter, Redrive, why: null, async (queue, letter, token) =>
    {
        await queue.SendBackAsync(letter, token);
        await queue.DeleteAsync(letter, token);
    }, ct);

    /// <summary>Ends the letters that a filter names: what they say is never handled. How many it were.</summary>
    public Task<int> DiscardAsync(LetterFilter filter, string why, CancellationToken ct) => EndAsync(filter, Discard, why, (queue, letter, token) => queue.DeleteAsync(letter, token), ct);

    private async Task<int> EndAsync(LetterFilter filter, string what, string? why, Func<ILetterQueue, Letter, CancellationToken, Task> end, CancellationToken ct)
    {
        var ended = 0;
        await TakeAsync(filter, async (queue, letters) =>
        {
            foreach (var chunk in letters.OrderBy(letter => letter.Version).Chunk(Chunk))
            {
                var now = time.GetUtcMilliseconds();
                await journal.WriteAsync([.. chunk.Select(letter => new Operation(now, who, what, SubjectOf(letter), why))], ct);
                await Parallel.ForEachAsync(
                    chunk.GroupBy(letter => letter.Stream),
                    new ParallelOptions { MaxDegreeOfParallelism = StreamsAtOnce, TaskScheduler = TaskScheduler.Current, CancellationToken = ct },
                    async (stream, token) =>
                    {
                        foreach (var letter in stream)
                        {
                            await end(queue, letter, token);
                            letters.Remove(letter);
                            Interlocked.Increment(ref ended);
                        }
                    });
            }
        }, ct);
        return ended;
    }

    /// <summary>
    /// Takes all letters of the queues, side by side, and hands over those that the filter names. Releases what is still
    /// in a set afterwards and what the filter does not name, whatever happens.
    /// </summary>
    private Task TakeAsync(LetterFilter filter, Func<ILetterQueue, LetterSet, Task> use, CancellationToken ct) => Task.WhenAll(
        queues.Where(queue => filter.Queue is null || queue.Name == filter.Queue).Select(async queue =>
        {
            var (named, others) = (new LetterSet(), new LetterSet());
            try
            {
                await foreach (var letter in queue.TakeAsync(ct)) (filter.Names(letter) ? named : others).Add(letter);
                await use(queue, named);
            }
            finally
            {
                // Without it they would come back by themselves, some minutes later.
                await queue.ReleaseAsync([.. named, .. others], CancellationToken.None);
            }
        }));

    private static string SubjectOf(Letter letter) => $"letter {letter.Id} of {letter.Queue}{(letter.Stream is { } stream ? $": {stream} from version {letter.Version}" : "")}";
}
