using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.QueryApi;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Shop.Reviews;
using ServerlessCqrs.ShopViews.Products;
using ServerlessCqrs.Simulation.Machinery;
using ServerlessCqrs.Simulation.Services;
using ServerlessCqrs.Streams;
using ServerlessCqrs.Web;
using static ServerlessCqrs.Simulation.Checks.Invariants;

namespace ServerlessCqrs.Simulation.Checks;

/// <content>Checks the answers of the services and of the edge.</content>
public sealed partial class Truth
{
    [GeneratedRegex(@"^([A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*$")]
    private static partial Regex UriReference();

    private const string NoOne = "no-store";

    /// <summary>Without it the edge serves stale answers for as long as the origin fails.</summary>
    private const string NeverStale = "stale-if-error=0";

    // The format in which the query service writes answers.
    private static readonly JsonSerializerOptions Bodies = new(JsonSerializerDefaults.Web)
    {
        Converters = { new AnswerTime() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = PlainJson.Encoder,
    };

    // The tolerance of TokenAuthentication, and the clock difference of services.
    private static readonly TimeSpan TokenSkew = TimeSpan.FromSeconds(30);

    /// <summary>A request reached a service.</summary>
    public Question Asking(SimRequest request)
    {
        var product = Question.ProductOf(request);
        var order = Question.OrderOf(request);
        var command = Question.CommandOf(request);
        return new Question(
            request,
            simulator.UtcNow,
            product,
            order,
            (product ?? order) is { } stream ? Of(stream).Version : 0,
            product is { } shown ? Products.Versions.GetValueOrDefault(shown) : order is { } listed ? Orders.Versions.GetValueOrDefault(listed) : 0,
            product is { } rated ? RatingsOf(rated)[^1].Revision : 0,
            product is { } past && Question.IsOfThePast(request) ? ApprovalsOf(past, DateTimeOffset.MaxValue).Select(e => e.Stream).Where(review => Log.EventsOf(review).Any()).ToHashSet() : [],
            command,
            command is { } one && Of(one.Stream).Outcomes.ContainsKey(one.Id));
    }

    /// <summary>A service answers.</summary>
    public void Answering(Question question, SimAnswer answer)
    {
        if (answer.Status == 500 && answer.Text("commandId") is null) simulator.Violate(NothingThrows, $"{question.Request.Method} {question.Request.Target}: {answer.Body}");
        JudgeToken(question, answer);
        if (answer.Status == 401) return;
        if (question.Product is { } product) ProductAnswered(question, product, answer);
        else if (question.Command is { } command) StatusAnswered(question, command, answer);
        else if (question.Order is { } order) OrderAnswered(question, order, answer);
        else if (question.Request is { Method: "GET", Path: "/products" or "/products/search" }) ListAnswered(answer);
        else if (question.Request is { Method: "GET", Path: "/users/me/orders" }) OrdersAnswered(question, answer);
        else if (question.Request.Method == "GET" && question.Request.Path.EndsWith("/reviews", StringComparison.Ordinal)) ReviewsAnswered(question, answer);
        else MayBeKept(answer, NoOne, null, $"{question.Request.Method} {question.Request.Target}");
        if (question.Request.Method == "GET" && !EdgeKey.IsPrivate(question.Request.Path) && answer.Status < 400 && answer.Header("Cache-Control")?.EndsWith(NeverStale, StringComparison.Ordinal) is not true)
            Break(KeptByNoOne, null, $"The edge may serve {question.Request.Target} past its time: {answer.Header("Cache-Control")}.");
    }

    /// <summary>Checks a URL in an answer (RFC 3986, section 2).</summary>
    public void JudgeUrl(string url)
    {
        if (!UriReference().IsMatch(url)) simulator.Violate(UrlsAreValid, url);
    }

    /// <summary>The edge answers with its cached answer to another request.</summary>
    public void Served(SimRequest request, SimRequest first, SimAnswer answer)
    {
        if (EdgeKey.IsPrivate(request.Path) || (request.Target, Origin(request)) != (first.Target, Origin(first)))
            Break(EdgeKeys, Question.ProductOf(request), $"{request.Target} from {Origin(request)} is answered with what {first.Target} from {Origin(first)} was.");
        if (Question.ProductOf(request) is not { } product || VersionOf(answer) is not { } version) return;
        if (version > Of(product).Version) Break(EdgeNeverAhead, product, $"v{version} is served; v{Of(product).Version} is committed.");
        if (Question.VersionIn(request, "atLeastVersion") is { } least && version < least) Break(ReadsOwnWrites, product, $"The edge serves v{version} where v{least} is asked for.");

        static string? Origin(SimRequest request) => request.Headers.GetValueOrDefault("origin");
    }

    /// <summary>The edge received an answer for its cache.</summary>
    public void Fetched(SimRequest request, SimAnswer answer, long began)
    {
        if (Question.ProductOf(request) is not { } product || request.Query.Length > 0 || VersionOf(answer) is not { } version || answer.Header("Cache-Control")?.Contains(NoOne, StringComparison.Ordinal) is true) return;
        if (_forgotten.TryGetValue(product, out var forgotten) && began > forgotten.At && version < forgotten.Version)
            Break(EdgeForgets, product, $"v{version} was fetched after v{forgotten.Version} was invalidated.");
    }

    private void MayBeKept(SimAnswer answer, string should, StreamId? stream, string what)
    {
        var said = answer.Header("Cache-Control");
        var isKeptByNoOne = said?.Contains(NoOne, StringComparison.Ordinal) is true;
        if (should == NoOne ? !isKeptByNoOne : said != should) Break(isKeptByNoOne ? PublicIsKept : KeptByNoOne, stream, $"{what} is {said}, {answer.Status}.");
    }

    private void JudgeToken(Question question, SimAnswer answer)
    {
        var request = question.Request;
        var isOpen = request.Method == "GET" ? !EdgeKey.IsPrivate(request.Path) : request.Path.StartsWith("/unsubscribe/", StringComparison.Ordinal);
        var isJudgedGood = answer.Status != 401;
        if (isOpen)
        {
            if (!isJudgedGood) simulator.Violate(TokensAreJudged, $"{request.Target} asks for a token.");
            return;
        }

        var ends = (request.TokenEnds ?? DateTimeOffset.MinValue.AddDays(1)) + TokenSkew;
        if (isJudgedGood && question.At - ProcessClock.MostSkew > ends) simulator.Violate(TokensAreJudged, $"{request.By?.Id}'s token of {request.TokenEnds:O} is good at {question.At:O}.");
        if (!isJudgedGood && simulator.UtcNow + ProcessClock.MostSkew < ends) simulator.Violate(TokensAreJudged, $"{request.By?.Id}'s token of {request.TokenEnds:O} is bad at {simulator.UtcNow:O}.");
    }

    private void ProductAnswered(Question question, StreamId product, SimAnswer answer)
    {
        var truth = Of(product);
        var isFolded = answer.Header("X-Answered-From") is not null;
        var mayLack = answer.Header("X-May-Lack")?.Contains("newest-commit", StringComparison.Ordinal) is true;
        var isPlain = question.Request.Query.Length == 0;
        if (VersionOf(answer) is not { } version)
        {
            MayBeKept(answer, NoOne, product, "What is no product");
            if (answer.Status == 404) NotFound(question, product, mayLack);
            if (answer.Status == 410 && (truth.Version == 0 || Products.ItemAt(truth, truth.Version).Document is not null)) Break(AnswerIsTheFold, product, "It is not deleted.");
            return;
        }

        MayBeKept(answer, isPlain && !isFolded && question.Request.Path == $"/products/{product.Key}" ? "public, max-age=0, s-maxage=10, stale-if-error=0" : NoOne, product, $"v{version}, {(isFolded ? "folded" : "from the read model")},");
        if (version > truth.Version || answer.Status == 200 && !BodiesAt(question, product, version, answer).Contains(answer.Body)) Break(AnswerIsTheFold, product, $"v{version} of {truth.Version} is {answer.Body}");
        if (Question.VersionIn(question.Request, "atLeastVersion") is { } least && version < least) Break(ReadsOwnWrites, product, $"v{version} where v{least} is asked for.");
        if (Question.VersionIn(question.Request, "version") is { } exact && version != exact) Break(AnswerIsTheFold, product, $"v{version} where v{exact} is asked for.");
        if (question.Request.Parameter("asOf") is { } asOf) AsOf(question, truth, Time(asOf), version, mayLack);
        else if (!isFolded && version < question.Shown) Break(AnswerIsNew, product, $"v{version} from the read model, which had v{question.Shown}.");
        else if (!isFolded && RevisionOf(answer) < question.Revision) Break(AnswerIsNew, product, $"Its reviews are those of revision {RevisionOf(answer)}, and were of {question.Revision}.");
        else if (isFolded && !mayLack && version < question.Committed && question.Request.Parameter("version") is null) Break(AnswerIsNew, product, $"v{version} folded, where v{question.Committed} was committed.");
    }

    private void NotFound(Question question, StreamId product, bool mayLack)
    {
        if (mayLack) Break(AnswerIsNew, product, "The answer is 404, though the service cannot know that.");
        if (question.Request.Query.Length == 0 && question.Committed > 0) Break(CommittedIsFound, product, "The answer is 404, and the product exists.");
        if (Question.VersionIn(question.Request, "version") is { } exact && question.Committed >= exact) Break(AnswerIsNew, product, $"The answer is 404, and v{exact} exists.");
    }

    /// <summary>Checks that the answer has the latest version that is not younger than the time.</summary>
    private void AsOf(Question question, StreamTruth truth, DateTimeOffset time, long version, bool mayLack)
    {
        if (truth.Events[(int)version - 1].At > time) Break(AnswerIsTheFold, question.Product, $"v{version} is younger than {time:O}.");
        JudgeAsOf(truth, time, version, question.Committed, mayLack);
        if (!mayLack && version < question.Committed && truth.Events[(int)version].At <= time) Break(AnswerIsNew, question.Product, $"v{version} where v{version + 1} was so at {time:O}.");
    }

    private void ListAnswered(SimAnswer answer)
    {
        MayBeKept(answer, answer.Status is 200 or 304 ? "public, max-age=0, s-maxage=5, stale-if-error=0" : NoOne, null, "A list");
        if (answer.Status != 200) return;
        foreach (var summary in answer.Json.GetProperty("items").EnumerateArray())
        {
            var product = ProductStreams.IdOf(summary.GetProperty("id").GetGuid());
            var version = summary.GetProperty("version").GetInt64();
            if (version > Of(product).Version || !RatingsOf(product).Any(rating => summary.GetRawText() == SummaryAt(product, version, rating))) Break(AnswerIsTheFold, product, $"v{version} in a list is {summary.GetRawText()}");
        }
    }

    private void StatusAnswered(Question question, (StreamId Stream, Guid Id) command, SimAnswer answer)
    {
        MayBeKept(answer, NoOne, command.Stream, "A status");
        var sent = Sent.GetValueOrDefault(command.Id);
        var isTheirs = question.Request.By is { } by && (by.Role == Actor.Operator || sent?.Token.Id == by.Id);
        var name = Name(command.Id);
        var status = answer.Status == 200 ? answer.Text("status") : null;
        switch (answer.Status, status)
        {
            case (200, "pending"):
                if (question.WasDecided) Break(StatusTellsTheOutcome, command.Stream, $"{name} is pending, and was decided.");
                break;
            case (200, _):
                if (!isTheirs) Break(StatusIsPrivate, command.Stream, $"{question.Request.By?.Id} got the outcome of {name}, which is {sent?.Token.Id}'s.");
                Told(command.Stream, command.Id, status!, answer.Text("code"), answer.Number("version")!.Value);
                break;
            case (404, _):
                if (isTheirs && question.Request.Parameter("issued") is not null) Break(StatusTellsTheOutcome, command.Stream, $"The answer about {name} is 404.");
                break;
        }
    }

    /// <summary>Returns the version in an answer's tag, or null if it has none.</summary>
    private static long? VersionOf(SimAnswer answer) =>
        answer.Status is 200 or 304 && answer.Header("ETag") is { } tag && long.TryParse(tag.Trim('"').Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null;

    /// <summary>Returns the revision of the product's reviews in an answer's tag.</summary>
    private static long RevisionOf(SimAnswer answer) =>
        answer.Header("ETag")?.Trim('"').Split('.') is [_, var text] && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var revision) ? revision : 0;

    /// <summary>Returns the valid bodies for a product at a version.</summary>
    private IEnumerable<string?> BodiesAt(Question question, StreamId product, long version, SimAnswer answer)
    {
        if (!Question.IsOfThePast(question.Request)) return [BodyAt(product, version, RevisionOf(answer))];
        if (Products.ItemAt(Of(product), version).Document is not { } document) return [];
        var isWithoutReviews = answer.Header("X-May-Lack")?.Contains("reviews", StringComparison.Ordinal) is true;
        var ratings = isWithoutReviews ? [ProductRating.None] : PastRatings(product, question.Request.Parameter("asOf") is { } asOf ? Time(asOf) : document.UpdatedAt, question.KnownReviews);
        return ratings.Where(rating => rating.Revision == RevisionOf(answer)).Select(rating => BodyAt(product, version, rating));
    }

    /// <summary>
    /// Returns the possible ratings of a product at a time: of the reviews that were known at the request, plus any
    /// that became known since.
    /// </summary>
    private IEnumerable<ProductRating> PastRatings(StreamId product, DateTimeOffset at, IReadOnlySet<StreamId> known) =>
        ApprovalsOf(product, at).Aggregate<EventRecord, IEnumerable<ProductRating>>([ProductRating.None], (ratings, approval) => known.Contains(approval.Stream)
            ? ratings.Select(rating => With(rating, approval))
            : ratings.SelectMany(rating => (ProductRating[])[rating, With(rating, approval)]));

    private IEnumerable<EventRecord> ApprovalsOf(StreamId product, DateTimeOffset until) => Streams.Values
        .Where(review => review.Stream.Category == ReviewStreams.Category)
        .SelectMany(review => review.Events)
        .Where(e => e.At <= until && e.Event is ReviewApproved approved && ProductStreams.IdOf(approved.ProductId) == product);

    private static ProductRating With(ProductRating rating, EventRecord approval) =>
        new(rating.Stars + ((ReviewApproved)approval.Event).Stars, rating.Reviews + 1, rating.Revision + approval.Version);

    /// <summary>
    /// Returns the body for a product at a version with its reviews so far. Returns null if the product was deleted, or
    /// if the reviews never had this revision.
    /// </summary>
    public string? BodyAt(StreamId product, long version, long revision) =>
        RatingsOf(product).FirstOrDefault(rating => rating.Revision == revision) is { } rating ? BodyAt(product, version, rating) : null;

    private string? BodyAt(StreamId product, long version, ProductRating rating) =>
        new RatedProduct(Products.ItemAt(Of(product), version), rating).Document is { } document ? JsonSerializer.Serialize(ProductBody.Of(document), Bodies) : null;

    private string? SummaryAt(StreamId product, long version, ProductRating rating) =>
        Products.ItemAt(Of(product), version).Document is { } document ? JsonSerializer.Serialize(ProductSummaryBody.Of(document.Summarize().With(rating)), Bodies) : null;

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
