using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Personal;
using ServerlessCqrs.EventStore.Sending;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Operating.Erasure;

/// <summary>
/// Erases a person. It destroys their key, so nothing that is sealed with it can be opened. It ends what the person
/// still has by the plan's commands. Then it searches for data of the person that can still be read. The history is
/// unchanged: all folds and counts stay the same.
/// </summary>
internal sealed class PersonErasure(
    IErasurePlan plan,
    IPersonKeys keys,
    Func<IPersonalData> openPersonalData,
    PersonalTraces traces,
    IReadOnlyList<ITextSearch> stores,
    ICommandStream commands,
    IStreamTips tips,
    IOperationsJournal journal,
    string who,
    TimeProvider time)
{
    /// <summary>Shorter texts occur in other people's texts, as Ann does in Anna's.</summary>
    public const int ShortestSearched = 8;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    /// <exception cref="OperatorException">The person is unknown and nothing was written, or the commands timed out. In
    /// the second case the key is already destroyed.</exception>
    public async Task<ErasureCertificate> RunAsync(string person, CancellationToken ct)
    {
        var began = time.GetUtcMilliseconds();
        var key = await keys.FindAsync(person, ct);
        var wasErased = key is { Wrapped: null };
        var account = plan.AccountOf(person);
        if (!KnownPersons.IsKnown(key is not null, (await tips.LoadAsync([account], ct)).GetValueOrDefault(account)))
        {
            throw new OperatorException(
                $"{char.ToUpperInvariant(plan.Person[0])}{plan.Person[1..]} {person} not found: there is no key and no account. "
                    + "Nothing was written. Check the subject.",
                inner: null,
                ExitCodes.NotGood);
        }

        var streams = await traces.StreamsAsync(person, ct);
        var texts = wasErased ? [] : await OpenAsync(await traces.SealedAsync(person, streams, ct), ct);

        await journal.WriteAsync([new Operation(began, who, "erase", $"person {person}", Why: null)], ct);
        await keys.EraseAsync(person, ct);
        var ends = await traces.CommandsAsync(person, streams, ct);
        await SendAsync(person, ends, began, ct);

        // Streams that were created meanwhile are visible now.
        streams = await traces.StreamsAsync(person, ct);
        var remains = await traces.SealedAsync(person, streams, ct);
        string[] searched = [.. texts.Where(text => text.Length >= ShortestSearched)];
        List<TextFinding> findings = [];
        if (searched.Length > 0)
            foreach (var store in stores) findings.AddRange(await store.FindAsync(searched, ct));
        return new ErasureCertificate(
            person,
            began,
            wasErased,
            IsKeyGone: await keys.FindAsync(person, ct) is { Wrapped: null },
            ends.Done,
            streams.Count,
            remains.Count,
            (await OpenAsync(remains, ct)).Count,
            searched.Length,
            texts.Count - searched.Length,
            findings);
    }

    /// <summary>
    /// Returns the distinct texts that can still be opened. It uses a new reader, which has cached no key.
    /// </summary>
    private async Task<IReadOnlyCollection<string>> OpenAsync(IReadOnlyCollection<Sealed> sealedTexts, CancellationToken ct)
    {
        var personal = openPersonalData();
        using var _ = personal as IDisposable;
        HashSet<string> texts = [];
        foreach (var one in sealedTexts)
            if (await personal.OpenAsync(one, ct) is { } text) texts.Add(text);
        return texts;
    }

    /// <summary>Sends the commands and waits until each is decided.</summary>
    private async Task SendAsync(string person, ErasureCommands ends, DateTimeOffset at, CancellationToken ct)
    {
        var by = new Actor(who, Actor.Operator);
        List<CommandRecord> all =
        [
            .. ends.All.Select(one => new CommandRecord(Guid.CreateVersion7(at), KeyId: null, one.Stream, one.Command, by, at)),
        ];
        await commands.PutAsync(all, ct);

        var waited = time.GetTimestamp();
        while (true)
        {
            var heads = await tips.LoadAsync([.. all.Select(command => command.Stream)], ct);
            all.RemoveAll(command => heads.GetValueOrDefault(command.Stream)?.Ring.Entries.Any(entry => entry.CommandId == command.CommandId) == true);
            if (all.Count == 0) return;
            if (time.GetElapsedTime(waited) > Patience)
            {
                throw new OperatorException(
                    $"The key of {person} is destroyed; but {all.Count} commands, {ends.Purpose}, were not decided "
                        + $"within {Patience.TotalSeconds:0} s. Run the same command again.");
            }

            await Task.Delay(Look, time, ct);
        }
    }
}
