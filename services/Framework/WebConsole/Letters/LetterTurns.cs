namespace ServerlessCqrs.WebConsole.Letters;

/// <summary>
/// Lets one request at a time work with the dead letters, until it completes. A reader of a queue hides its letters from
/// all others meanwhile. A receive that is cut off hides its letters for minutes, because nobody can release them.
/// </summary>
public sealed class LetterTurns(IStackSource stacks) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);

    /// <param name="ct">Ends the wait for the turn, and not the work.</param>
    public async Task<T> TakeAsync<T>(Func<ILetterDesk, CancellationToken, Task<T>> work, CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            return await work((await stacks.OpenAsync(ct)).Letters, CancellationToken.None);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();
}
