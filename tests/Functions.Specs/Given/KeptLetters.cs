using ServerlessCqrs.EventStore.Following;

namespace ServerlessCqrs.Functions.Specs.Given;

/// <summary>Dead letters in a list.</summary>
internal sealed class KeptLetters : IDeadLetters
{
    public List<DeadLetter> Put { get; } = [];

    public Task PutAsync(DeadLetter letter, CancellationToken ct)
    {
        Put.Add(letter);
        return Task.CompletedTask;
    }
}
