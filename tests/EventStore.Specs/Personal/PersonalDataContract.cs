using System.Security.Cryptography;
using ServerlessCqrs.EventStore.Personal;

namespace ServerlessCqrs.EventStore.Specs.Personal;

/// <summary>The guarantees of personal data for every store of keys. Persons are new in every test.</summary>
public abstract class PersonalDataContract : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("master-key-").FullName;

    protected abstract IPersonKeys Keys { get; }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private readonly string _person = $"anna|{Guid.NewGuid():N}";

    private PersonalData Process(TimeProvider? clock = null, string key = "master.key") =>
        new(Keys, new FileMasterKey(Path.Combine(_folder, key)), clock ?? TimeProvider.System);

    [Theory]
    [InlineData("anna@example.com")]
    [InlineData("")]
    [InlineData("Ünï 🎧")]
    public async Task A_sealed_text_opens_again_in_another_process(string text)
    {
        var sealedText = await Process().SealAsync(_person, text, Ct);

        Assert.Equal(text, await Process().OpenAsync(sealedText, Ct));
        Assert.Equal(_person, sealedText.Person);
    }

    [Fact]
    public async Task The_same_text_seals_to_the_same_bytes_in_every_process()
    {
        var first = await Process().SealAsync(_person, "anna@example.com", Ct);

        Assert.Equal(first, await Process().SealAsync(_person, "anna@example.com", Ct));
        Assert.NotEqual(first.Text, (await Process().SealAsync(_person, "anna@example.org", Ct)).Text);
        Assert.NotEqual(first.Text, (await Process().SealAsync(_person + "2", "anna@example.com", Ct)).Text);
        Assert.DoesNotContain("anna", first.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Processes_that_meet_a_person_at_the_same_time_agree_on_one_key()
    {
        var texts = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Process().SealAsync(_person, "anna@example.com", Ct))));

        Assert.Single(texts.Distinct());
        Assert.Equal("anna@example.com", await Process().OpenAsync(texts[0], Ct));
    }

    [Fact]
    public async Task A_text_that_was_changed_does_not_open()
    {
        var personal = Process();
        var sealedText = await personal.SealAsync(_person, "anna@example.com", Ct);
        for (var i = 0; i < sealedText.Text.Length; i++)
        {
            var changed = sealedText.Text.ToCharArray();
            changed[i] = changed[i] == 'A' ? 'B' : 'A';
            await Assert.ThrowsAsync<CryptographicException>(() => personal.OpenAsync(sealedText with { Text = new string(changed) }, Ct));
        }

        foreach (var text in new[] { "", "AAAA", "not base64!", sealedText.Text[..^4], sealedText.Text + "AAAA" })
            await Assert.ThrowsAsync<CryptographicException>(() => personal.OpenAsync(sealedText with { Text = text }, Ct));
    }

    [Fact]
    public async Task A_text_does_not_open_for_another_person()
    {
        var personal = Process();
        var sealedText = await personal.SealAsync(_person, "anna@example.com", Ct);
        await personal.SealAsync(_person + "2", "another", Ct);

        await Assert.ThrowsAsync<CryptographicException>(() => personal.OpenAsync(sealedText with { Person = _person + "2" }, Ct));
    }

    [Fact]
    public async Task Another_master_key_opens_nothing()
    {
        var sealedText = await Process().SealAsync(_person, "anna@example.com", Ct);

        await Assert.ThrowsAsync<CryptographicException>(() => Process(key: "another.key").OpenAsync(sealedText, Ct));
    }

    [Trait("Guarantee", "personal data: personal data is sealed per person before any store gets it")]
    [Fact]
    public async Task Erased_person_can_neither_be_read_nor_sealed_for()
    {
        var sealedText = await Process().SealAsync(_person, "anna@example.com", Ct);
        await Keys.EraseAsync(_person, Ct);

        Assert.Null(await Process().OpenAsync(sealedText, Ct));
        await Assert.ThrowsAsync<PersonErasedException>(() => Process().SealAsync(_person, "anna@example.com", Ct));
    }

    [Fact]
    public async Task A_person_may_be_erased_before_anything_was_sealed()
    {
        await Keys.EraseAsync(_person, Ct);

        await Assert.ThrowsAsync<PersonErasedException>(() => Process().SealAsync(_person, "anna@example.com", Ct));
    }

    [Fact]
    public async Task A_running_process_forgets_an_erased_person_within_five_minutes()
    {
        var clock = new ManualClock();
        var personal = Process(clock);
        var sealedText = await personal.SealAsync(_person, "anna@example.com", Ct);
        await Keys.EraseAsync(_person, Ct);
        clock.Advance(TimeSpan.FromMinutes(5));

        Assert.Null(await personal.OpenAsync(sealedText, Ct));
    }

    [Fact]
    public async Task A_key_is_read_once_for_many_texts()
    {
        var personal = Process(new ManualClock());
        var sealedText = await personal.SealAsync(_person, "anna@example.com", Ct);
        // A reader of the table would now find the person erased.
        await Keys.EraseAsync(_person, Ct);

        Assert.Equal("anna@example.com", await personal.OpenAsync(sealedText, Ct));
    }

    [Fact]
    public async Task A_text_whose_key_is_gone_is_unreadable_and_no_error()
    {
        var sealedText = await Process().SealAsync(_person, "anna@example.com", Ct);

        Assert.Null(await Process().OpenAsync(sealedText with { Person = "nobody" + Guid.NewGuid() }, Ct));
    }

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    private sealed class ManualClock : TimeProvider
    {
        private long _ticks = 1;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Advance(TimeSpan by) => _ticks += by.Ticks;
    }
}
