using System.Text;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Personal;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Operating;
using ServerlessCqrs.Operating.Erasure;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Customers;
using ServerlessCqrs.Shop.Orders;
using ServerlessCqrs.Shop.Watches;
using ServerlessCqrs.Streams;
using StreamReader = ServerlessCqrs.EventStore.StreamReader;

namespace ServerlessCqrs.Operator.Specs.Erasure;

public sealed class PersonErasureSpecs : IDisposable
{
    private const string Anna = "anna";
    private const string Address = "anna.müller@example.com";

    private static readonly CustomerErasure Plan = new();

    private readonly string _folder = Directory.CreateTempSubdirectory("erasure-").FullName;
    private readonly InMemoryShop _shop = new();
    private readonly InMemoryPersonKeys _keys = new();
    private readonly InMemoryOperations _journal = new();
    private readonly SearchedLog _search;

    public PersonErasureSpecs() => _search = new SearchedLog(_shop.Log);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Trait("Guarantee", "personal data: nobody can read anything of an erased customer, and all other data stays")]
    [Fact]
    public async Task Nothing_of_an_erased_customer_can_be_read_and_all_else_stays()
    {
        await LiveAsync(Anna, Address);
        await LiveAsync("bert", "bert@example.com");
        var orders = await TextOfAsync("orders-v1");

        var certificate = await EraseAsync(Anna);

        Assert.True(certificate.IsClean, string.Join('\n', certificate.Tell()));
        // Account, watch, order, and the review that the purchase allows.
        Assert.Equal((false, true, "account: deactivated; 1 watches ended", 4, 2, 0, 2, 0), (certificate.WasErased, certificate.IsKeyGone, certificate.Ended, certificate.Streams, certificate.Sealed, certificate.Opened, certificate.Searched, certificate.TooShort));
        Assert.All(certificate.Findings, finding => Assert.True(finding.Searched > 0));
        Assert.Equal(orders, await TextOfAsync("orders-v1"));
        Assert.True((await _shop.VerifyAsync()).IsClean);
        Assert.Equal(["UserRegistered", "UserDeactivated"], await TypesAsync(CustomerStreams.IdOf(Anna)));
        Assert.Equal(["PriceWatched", "PriceUnwatched"], await TypesAsync(WatchStreams.IdOf(Guid.Parse(InMemoryShop.Product().Key), Anna)));
        Assert.Equal(["PriceWatched"], await TypesAsync(WatchStreams.IdOf(Guid.Parse(InMemoryShop.Product().Key), "bert")));
        await Assert.ThrowsAsync<PersonErasedException>(() => Personal().SealAsync(Anna, "again", Ct));
        Assert.Equal("bert@example.com", await Personal().OpenAsync(await Personal().SealAsync("bert", "bert@example.com", Ct), Ct));
        Assert.Equal(("operator-1", "erase", "person anna"), Assert.Single(await _journal.ReadAsync(null, null, Ct).Select(one => (one.Who, one.What, one.Subject)).ToListAsync(Ct)));
        Assert.DoesNotContain(certificate.Tell(), line => line.Contains("müller", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_second_erasure_says_so_and_changes_nothing()
    {
        await LiveAsync(Anna, Address);
        await EraseAsync(Anna);
        var before = (await _shop.Log.ReadAllAsync(null, Ct).ToListAsync(Ct)).Count;

        var again = await EraseAsync(Anna);

        Assert.True(again.IsClean);
        Assert.Equal((true, "account: deactivated; 0 watches ended", 2, 0), (again.WasErased, again.Ended, again.Sealed, again.Searched));
        Assert.Contains(again.Tell(), line => line.EndsWith("was erased before", StringComparison.Ordinal));
        Assert.Equal(before, (await _shop.Log.ReadAllAsync(null, Ct).ToListAsync(Ct)).Count);
    }

    [Fact]
    public async Task Unknown_person_is_refused_and_nothing_is_written()
    {
        await LiveAsync("bert", "bert@example.com");
        var put = _shop.Put.Count;

        var refused = await Assert.ThrowsAsync<OperatorException>(() => EraseAsync("nobody"));

        Assert.Equal(ExitCodes.NotGood, refused.ExitCode);
        Assert.Contains("Customer nobody not found", refused.Message, StringComparison.Ordinal);
        Assert.Equal(put, _shop.Put.Count);
        Assert.Null(await _keys.FindAsync("nobody", Ct));
        Assert.Empty(await _journal.ReadAsync(null, null, Ct).ToListAsync(Ct));
    }

    [Theory]
    [InlineData(Address)]
    [InlineData(@"anna.m\u00FCller@example.com")]
    public async Task A_text_that_stands_somewhere_in_the_clear_is_found(string written)
    {
        await LiveAsync(Anna, Address);
        _search.Also = written;

        var certificate = await EraseAsync(Anna);

        Assert.False(certificate.IsClean);
        Assert.Equal("NOT ERASED", certificate.Tell().Last());
    }

    /// <summary>Registers, watches and orders.</summary>
    private async Task LiveAsync(string person, string address)
    {
        if (await _shop.Tips.FindAsync(InMemoryShop.Product(), Ct) is null) await _shop.DoAsync(InMemoryShop.Product(), InMemoryShop.Create());
        var product = Guid.Parse(InMemoryShop.Product().Key);
        var (email, name) = (await Personal().SealAsync(person, address, Ct), await Personal().SealAsync(person, $"{person} with a long name", Ct));
        await DoAsync(CustomerStreams.IdOf(person), new RegisterUser(email, name));
        await DoAsync(WatchStreams.IdOf(product, person), new WatchPrice(product, person, email));
        await DoAsync(OrderStreams.IdOf(Guid.NewGuid()), new CreateOrder([new OrderLine(product, 1)], email));

        Task DoAsync(StreamId stream, ICommand command) => _shop.PutAsync([new CommandRecord(Guid.NewGuid(), null, stream, command, new Actor(person, ShopRoles.Customer), _shop.Time.GetUtcNow())], Ct);
    }

    private PersonalData Personal() => new(_keys, new FileMasterKey(Path.Combine(_folder, "master.key")), _shop.Time);

    private Task<ErasureCertificate> EraseAsync(string person) => new PersonErasure(
        Plan,
        _keys,
        Personal,
        new PersonalTraces(Plan, _shop.Log, new StreamReader(_shop.Log, _shop.Tips), _shop.Log, _shop.Time),
        [_search],
        _shop,
        _shop.Tips,
        _journal,
        "operator-1",
        _shop.Time).RunAsync(person, Ct);

    private async Task<IEnumerable<string>> TypesAsync(StreamId stream) => (await _shop.Log.ReadStreamsAsync([stream], HistoryBounds.Everything, Ct))[stream].Select(e => e.Type);

    private async Task<string> TextOfAsync(string model)
    {
        var text = new StringBuilder();
        foreach (var follower in _shop.Models[model].Followers)
        {
            foreach (var item in (await follower.ScanAsync(Ct).ToListAsync(Ct)).OrderBy(item => item.Stream.ToString(), StringComparer.Ordinal)) text.AppendLine(item.Text);
            foreach (var sum in (await follower.ScanAggregatesAsync(Ct).ToListAsync(Ct)).OrderBy(sum => sum.Text, StringComparer.Ordinal)) text.AppendLine(sum.Text);
        }

        return text.ToString();
    }

    /// <summary>Searches the events and one more text.</summary>
    private sealed class SearchedLog(InMemoryEventLog log) : ITextSearch
    {
        public string? Also { get; set; }

        public async Task<IReadOnlyList<TextFinding>> FindAsync(IReadOnlyCollection<string> texts, CancellationToken ct)
        {
            var all = (await log.ReadAllAsync(null, ct).Select(e => e.Data).ToListAsync(ct)).Append(Also ?? "").ToList();
            return [new TextFinding("events", all.Count, all.Count(data => texts.Any(text => data.Contains(text, StringComparison.Ordinal) || data.Contains(System.Text.Json.JsonEncodedText.Encode(text).ToString(), StringComparison.Ordinal))))];
        }
    }
}
