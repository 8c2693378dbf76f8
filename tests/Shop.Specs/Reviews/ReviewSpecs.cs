using ServerlessCqrs.Shop.Orders;
using ServerlessCqrs.Shop.Reviews;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Shop.Specs.Reviews;

public class ReviewSpecs
{
    private static readonly Guid Product = new("6579c22f-be2b-444c-a52b-0116dd82df6c");
    private static readonly Guid AnotherProduct = new("2e852905-c6f4-47db-802c-654013571922");
    private static readonly Guid Order = new("0198c5a2-7c1e-7d43-9a55-1f7e1c0a9b52");
    private static readonly Guid AnotherOrder = new("0198c5a2-7c1e-7d43-9a55-1f7e1c0a9b53");
    private static readonly Actor Process = OrderProcess.Itself;
    private static readonly Actor Eve = new("auth0|eve", ShopRoles.Customer);
    private static readonly Actor Mallory = new("mallory", ShopRoles.Customer);
    private static readonly Actor Ada = new("ada", ShopRoles.Seller);
    private static readonly Actor Bob = new("bob", ShopRoles.Seller);
    private static readonly Actor Olga = new("olga", Actor.Operator);
    private static readonly RecordPurchase Record = new(Product, Eve.Id, Ada.Id, Order);
    private static readonly WithdrawPurchase Withdraw = new(Product, Eve.Id, Order);
    private static readonly SubmitReview Submit = new(Product, Eve.Id, 4, new Sealed(Eve.Id, "dGl0bGU"), new Sealed(Eve.Id, "d29yZHM"));
    private static readonly ApproveReview Approve = new();
    private static readonly RejectReview Reject = new("not about the product");
    private static readonly ProductPurchased Purchased = new(Product, Eve.Id, Ada.Id, Order);
    private static readonly PurchaseWithdrawn Withdrawn = new(Product, Eve.Id, Order);
    private static readonly ReviewSubmitted Submitted = new(Product, Eve.Id, 4, Submit.Title, Submit.Text);
    private static readonly ReviewApproved Approved = new(Product, Eve.Id, 4);
    private static readonly ReviewRejected Rejected = new(Product, Eve.Id, Reject.Reason);

    private static Story Given(params IReadOnlyList<IEvent> history) => new(ReviewStreams.IdOf(Product, Eve.Id), history);

    [Fact]
    public void The_process_tells_what_was_bought() => Given().When(Record, Process).Then(Purchased);

    [Fact]
    public void The_process_tells_what_was_cancelled() => Given(Purchased).When(Withdraw, Process).Then(Withdrawn);

    [Fact]
    public void A_cancellation_that_comes_before_its_purchase_is_remembered()
    {
        Given().When(Withdraw, Process).Then(Withdrawn);
        Given(Withdrawn).When(Record, Process).ThenUnchanged();
    }

    [Fact]
    public void Nobody_else_tells_what_was_bought() => Assert.All([Record, (IReviewCommand)Withdraw], command =>
        Assert.All(ShopRoles.All, role => Given().When(command, Eve with { Role = role }).ThenRefused("not_the_process")));

    [Fact]
    public void What_was_told_before_changes_nothing()
    {
        Given(Purchased).When(Record, Process).ThenUnchanged();
        Given(Purchased, Withdrawn).When(Withdraw, Process).ThenUnchanged();
        Given(Purchased, Withdrawn).When(Record, Process).ThenUnchanged();
        Given(Withdrawn).When(Withdraw, Process).ThenUnchanged();
    }

    [Fact]
    public void Once_it_is_written_nobody_asks_what_gave_the_right_to_it()
    {
        Given(Purchased, Submitted).When(Withdraw, Process).ThenUnchanged();
        Given(Purchased, Submitted).When(Record with { OrderId = AnotherOrder }, Process).ThenUnchanged();
    }

    [Fact]
    public void Fifty_orders_are_remembered_and_no_more()
    {
        IReadOnlyList<IEvent> fifty = [.. Enumerable.Range(1, 50).Select(i => Purchased with { OrderId = new Guid(i, 0, 0, new byte[8]) })];
        Given(fifty).When(Record, Process).ThenUnchanged();
        Given(fifty).When(Withdraw, Process).ThenUnchanged();
        Given(fifty).When(Withdraw with { OrderId = new Guid(7, 0, 0, new byte[8]) }, Process).Then(Withdrawn with { OrderId = new Guid(7, 0, 0, new byte[8]) });
        Assert.InRange(new ReviewDecider() is IDecider decider ? decider.WriteState(fifty.Aggregate(decider.Initial, decider.Evolve)).Length : 0, 1, 2_200);
    }

    [Fact]
    public void Who_bought_it_reviews_it()
    {
        Given(Purchased).When(Submit, Eve).Then(Submitted);
        Given(Purchased, Withdrawn, Purchased with { OrderId = AnotherOrder }).When(Submit, Eve).Then(Submitted);
    }

    [Fact]
    public void Who_did_not_buy_it_does_not_review_it()
    {
        Given().When(Submit, Eve).ThenRefused("not_purchased");
        Given(Withdrawn).When(Submit, Eve).ThenRefused("not_purchased");
        Given(Purchased, Withdrawn).When(Submit, Eve).ThenRefused("not_purchased");
    }

    [Fact]
    public void A_product_is_reviewed_once()
    {
        var other = Submit with { Stars = 1 };
        Given(Purchased, Submitted).When(other, Eve).ThenRefused("already_reviewed");
        Given(Purchased, Submitted, Approved).When(other, Eve).ThenRefused("already_reviewed");
        Given(Purchased, Submitted, Rejected).When(Submit with { Title = Submit.Text }, Eve).ThenRefused("already_reviewed");
        Given(Purchased, Submitted, Rejected).When(Submit with { Text = Submit.Title }, Eve).ThenRefused("already_reviewed");
    }

    [Fact]
    public void The_same_review_again_changes_nothing()
    {
        Given(Purchased, Submitted).When(Submit, Eve).ThenUnchanged();
        Given(Purchased, Submitted, Approved).When(Submit, Eve).ThenUnchanged();
        Given(Purchased, Submitted, Rejected).When(Submit, Eve).ThenUnchanged();
    }

    [Fact]
    public void Nobody_writes_the_review_of_another()
    {
        Given(Purchased).When(Submit, Mallory).ThenRefused("not_your_review");
        Given(Purchased).When(Submit, Eve with { Role = ShopRoles.Seller }).ThenRefused("not_a_customer");
        Given(Purchased).When(Submit, Eve with { Role = Actor.Operator }).ThenRefused("not_a_customer");
        Given(Purchased).When(Submit with { Title = new Sealed(Mallory.Id, "dGl0bGU") }, Eve).ThenRefused("title_invalid");
        Given(Purchased).When(Submit with { Text = new Sealed(Mallory.Id, "d29yZHM") }, Eve).ThenRefused("text_invalid");
    }

    [Fact]
    public void A_review_of_another_product_or_customer_does_not_belong_on_this_stream()
    {
        Given(Purchased).When(Submit with { ProductId = AnotherProduct }, Eve).ThenRefused("wrong_stream");
        Given().When(Record with { ProductId = AnotherProduct }, Process).ThenRefused("wrong_stream");
        Given().When(Record with { Customer = Mallory.Id }, Process).ThenRefused("wrong_stream");
        Given(Purchased).When(Withdraw with { Customer = Mallory.Id }, Process).ThenRefused("wrong_stream");
    }

    [Fact]
    public void The_seller_or_an_operator_lets_it_be_shown()
    {
        Given(Purchased, Submitted).When(Approve, Ada).Then(Approved);
        Given(Purchased, Submitted).When(Approve, Olga).Then(Approved);
    }

    [Fact]
    public void The_seller_or_an_operator_does_not_let_it_be_shown()
    {
        Given(Purchased, Submitted).When(Reject, Ada).Then(Rejected);
        Given(Purchased, Submitted).When(Reject, Olga).Then(Rejected);
    }

    [Fact]
    public void Nobody_else_decides() => Assert.All([Approve, (IReviewCommand)Reject], command =>
    {
        Given(Purchased, Submitted).When(command, Bob).ThenRefused("not_the_seller");
        Given(Purchased, Submitted).When(command, Eve).ThenRefused("not_the_seller");
        Given(Purchased, Submitted).When(command, new Actor(Ada.Id, ShopRoles.Customer)).ThenRefused("not_the_seller");
        Given(Purchased, Submitted).When(command, Process).ThenRefused("not_the_seller");
    });

    [Fact]
    public void What_was_not_written_is_not_decided_on() => Assert.All([Approve, (IReviewCommand)Reject], command =>
    {
        Given().When(command, Olga).ThenRefused("review_not_found");
        Given(Purchased).When(command, Ada).ThenRefused("review_not_found");
        Assert.False(new ReviewDecider().Creates(command));
    });

    [Fact]
    public void Decisions_are_final()
    {
        Given(Purchased, Submitted, Approved).When(Reject, Ada).ThenRefused("review_approved");
        Given(Purchased, Submitted, Rejected).When(Approve, Olga).ThenRefused("review_rejected");
        Given(Purchased, Submitted).When(new RejectReview(" "), Ada).ThenRefused("reason_invalid");
    }

    [Fact]
    public void Deciding_the_same_again_changes_nothing()
    {
        Given(Purchased, Submitted, Approved).When(Approve, Olga).ThenUnchanged();
        Given(Purchased, Submitted, Rejected).When(new RejectReview("another reason"), Ada).ThenUnchanged();
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(5, true)]
    [InlineData(6, false)]
    public void Stars_are_one_to_five(int stars, bool areAllowed)
    {
        var outcome = Given(Purchased).When(Submit with { Stars = stars }, Eve);
        if (areAllowed) outcome.Then(Submitted with { Stars = stars });
        else outcome.ThenRefused("stars_out_of_range");
    }

    [Fact]
    public void A_review_that_cannot_be_is_refused()
    {
        Assert.Equal(["product_id_missing"], (Submit with { ProductId = Guid.Empty }).Check().Select(violation => violation.Code));
        Assert.Equal(["title_invalid"], (Submit with { Title = new Sealed(Eve.Id, "in the clear") }).Check().Select(violation => violation.Code));
        Assert.Equal(["text_invalid"], (Submit with { Text = new Sealed(Eve.Id, "") }).Check().Select(violation => violation.Code));
        Assert.Contains("customer_invalid", (Submit with { Customer = "eve\nadams" }).Check().Select(violation => violation.Code));
    }

    [Theory]
    [InlineData(5, "Good", "It holds.\nEven water.", "")]
    [InlineData(5, "", "It holds.", "title")]
    [InlineData(5, "two\nlines", "It holds.", "title")]
    [InlineData(5, "Good", " ", "text")]
    [InlineData(5, "Good", "a bell \u0007", "text")]
    [InlineData(6, "Good", "", "stars text")]
    public void A_review_is_checked_before_its_words_are_sealed(int stars, string title, string text, string fields) =>
        Assert.Equal(fields, string.Join(' ', ReviewLimits.Check(stars, title, text).Select(violation => violation.Field)));

    [Fact]
    public void The_longest_words_fit_once_they_are_sealed()
    {
        Assert.Empty(ReviewLimits.Check(5, new string('字', 100), new string('字', 2_000)));
        Assert.Equal(["title", "text"], ReviewLimits.Check(5, new string('t', 101), new string('t', 2_001)).Select(violation => violation.Field));
        var longest = Convert.ToBase64String(new byte[12 + 3 * 2_000 + 16]).TrimEnd('=').Replace('/', '_');
        Assert.Empty((Submit with { Text = new Sealed(Eve.Id, longest) }).Check());
        Assert.NotEmpty((Submit with { Text = new Sealed(Eve.Id, longest + "A") }).Check());
    }
}
