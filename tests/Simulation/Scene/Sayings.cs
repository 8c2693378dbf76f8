using ServerlessCqrs.Shop.Customers;
using ServerlessCqrs.Shop.Orders;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Shop.Reviews;
using ServerlessCqrs.Simulation.Machinery;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Simulation.Scene;

/// <summary>
/// Free texts of users: every script, combining marks, and characters with a meaning in JSON, HTML, URLs and shells.
/// </summary>
public sealed class Sayings(Dice dice)
{
    public static IReadOnlyList<string> All { get; } =
    [
        "A thing.",
        "\"quoted\" \\ back/slash 'n <b>bold</b> & more",
        "100 % + 1 = ?#;,:@[]{}|^`~",
        "${jndi} $(date) {0} %s %00 &#x27; \\u0041",
        "Cafe\u0301 Stra\u00DFe \uFB01n",
        "\u0130stanbul \u0131\u015F\u0131k",
        "\u05E9\u05C1\u05B8\u05DC\u05D5\u05B9\u05DD \u0645\u0631\u062D\u0628\u0627",
        "\u0939\u093F\u0928\u094D\u0926\u0940 \u0E2B\u0E39\u0E1F\u0E31\u0E07",
        "\u65E0\u7EBF\u8033\u673A \u304B\u3099\u304E \u1112\u1161\u11AB",
        "\U0001E900\U0001E923 \U00020BB7\u91CE\u5BB6",
        "\U0001F3A7 \u2764\uFE0F \U0001F469\u200D\U0001F4BB",
    ];

    /// <summary>Returns the same command with other free texts, if it has any.</summary>
    public ICommand In(ICommand command) => command switch
    {
        CreateProduct create => create with { Description = Any(), Warehouse = Any() },
        AdjustInventory adjust => adjust with { Reason = Any() },
        AddProductImage add => add with { Alt = Any() },
        DeleteProduct => new DeleteProduct(Any()),
        CancelOrder => new CancelOrder(Any()),
        RejectOrder => new RejectOrder(Any()),
        RejectReview => new RejectReview(Any()),
        DeactivateUser => new DeactivateUser(Any()),
        SubmitReview review => review with { Title = FakePersonalData.Seal(review.Customer, Any()), Text = FakePersonalData.Seal(review.Customer, Any()) },
        _ => command,
    };

    private string Any() => All[dice.Roll("sayings.which", All.Count)];
}
