using System.Security.Cryptography;
using System.Text;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.Operating;
using ServerlessCqrs.Operator.Import;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Products;

namespace ServerlessCqrs.Operator.Specs.Import;

public sealed class CatalogueSpecs
{
    private const string Backpack = """
        - id: 6579c22f-be2b-444c-a52b-0116dd82df6c
          current_stock: 15
          name: Adventure-Ready Expedition Backpack
          category: salty snacks
          style: backpack
          description: Embark on your next outdoor journey
            with our rugged backpack.
          price: 129.99
          image: 6579c22f.jpg
          gender_affinity: F
          where_visible: UI
          aliases: [rucksack, bag]

        """;

    private static readonly CatalogueMapping Mapping = new(new CatalogueDefaults("USD", "WH_001", new Uri("https://images.example.com/")));

    [Fact]
    public void An_entry_becomes_a_product_with_all_that_the_shop_knows_of()
    {
        var (product, fault) = Mapping.Map(Assert.Single(Read(Backpack)));

        Assert.Null(fault);
        var id = Guid.Parse("6579c22f-be2b-444c-a52b-0116dd82df6c");
        Assert.Equal(ProductStreams.IdOf(id), product!.Stream);
        Assert.Null(product.PriceInFile);
        Assert.Equal("Adventure-Ready Expedition Backpack", product.Command.Name);
        Assert.Equal("Embark on your next outdoor journey with our rugged backpack.", product.Command.Description);
        Assert.Equal(new Money(129.99m, "USD"), product.Command.Price);
        Assert.Equal(("salty snacks", 15, "WH_001"), (product.Command.Category, product.Command.Quantity, product.Command.Warehouse));
        Assert.Equal(new Dictionary<string, string> { ["style"] = "backpack", ["gender_affinity"] = "F" }, product.Command.Specifications);
        Assert.Equal(
            new NewImage(CommandIds.Named(id, "image\n6579c22f.jpg"), "https://images.example.com/salty%20snacks/6579c22f.jpg", "Adventure-Ready Expedition Backpack"),
            Assert.Single(product.Command.Images));
    }

    [Fact]
    public void What_a_product_can_do_without_may_be_missing()
    {
        var (product, fault) = Mapping.Map(Assert.Single(Read("- {id: 6579c22f-be2b-444c-a52b-0116dd82df6c, name: Bag, category: bags, price: 5, image: ~}")));

        Assert.Null(fault);
        Assert.Equal(("", 0), (product!.Command.Description, product.Command.Quantity));
        Assert.Empty(product.Command.Images);
        Assert.Empty(product.Command.Specifications);
    }

    [Theory]
    [InlineData("- {id: nonsense, name: Bag, category: bags, price: 5}", "not a UUID")]
    [InlineData("- {id: 6579c22f-be2b-444c-a52b-0116dd82df6c, category: bags, price: 5}", "no name")]
    [InlineData("- {id: 6579c22f-be2b-444c-a52b-0116dd82df6c, name: Bag, category: bags, price: cheap}", "price is not a number")]
    [InlineData("- {id: 6579c22f-be2b-444c-a52b-0116dd82df6c, name: Bag, category: bags, price: -1}", "above zero")]
    [InlineData("- {id: 6579c22f-be2b-444c-a52b-0116dd82df6c, name: Bag, category: bags, price: 1.999}", "digits after the point")]
    [InlineData("- {id: 6579c22f-be2b-444c-a52b-0116dd82df6c, name: Bag, category: BAGS!, price: 5}", "category")]
    [InlineData("- {id: 6579c22f-be2b-444c-a52b-0116dd82df6c, name: Bag, category: bags, price: 5, current_stock: many}", "current_stock is not a number")]
    [InlineData("- {id: 6579c22f-be2b-444c-a52b-0116dd82df6c, name: Bag, name: Bag, category: bags, price: 5}", "'name' twice")]
    [InlineData("- {id: 00000000-0000-0000-0000-000000000000, name: Bag, category: bags, price: 5}", "not a UUID")]
    [InlineData("- {id: '{6579c22f-be2b-444c-a52b-0116dd82df6c}', name: Bag, category: bags, price: 5}", "not a UUID")]
    [InlineData("- {id: 6579c22f-be2b-444c-a52b-0116dd82df6c, name: Bag, category: bags, price: ~}", "no price")]
    [InlineData("- {id: 6579c22f-be2b-444c-a52b-0116dd82df6c, name: Bag, category: bags, price: 5, image: ''}", "image is blank")]
    [InlineData("- {id: 6579c22f-be2b-444c-a52b-0116dd82df6c, name: Bag, category: bags, price: 5, current_stock: 1.5}", "not a whole number")]
    [InlineData("- {id: 6579c22f-be2b-444c-a52b-0116dd82df6c, name: Bag, category: bags, price: 5, weight: 3}", "'weight' is unknown")]
    [InlineData("- just a text", "not a mapping")]
    public void A_broken_entry_says_why(string yaml, string reason)
    {
        var (product, fault) = Mapping.Map(Assert.Single(Read(yaml)));

        Assert.Null(product);
        Assert.Contains(reason, fault!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_broken_entry_is_named_by_its_line_and_the_others_go_on()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, $"- name: broken\n{Backpack}- [1, 2]\n");
            var catalogue = new ImportFile<CatalogueProduct>(file, Mapping.Map);

            var survey = catalogue.Survey();

            Assert.Equal(1, survey.Items);
            Assert.Equal([1L, 14L], survey.Broken.Select(entry => entry.Line));
            Assert.Single(catalogue.Items());
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("- {id: 1, name: [}\n", "is not YAML, near line 1")]
    [InlineData("name: not a list\n", "must be a list")]
    [InlineData("", "is empty")]
    [InlineData("- {id: 1}\n--- \n- {id: 2}\n", "line 2: a second document")]
    [InlineData("&all\n- {id: 1}\n", "line 1: the anchor &all")]
    [InlineData("!!seq\n- {id: 1}\n", "line 1: the tag")]
    [InlineData("# only a comment\n", "is empty")]
    [InlineData("- {id: 1}\nrubbish: [\n", "is not YAML, near line 2")]
    public void A_file_that_makes_no_sense_is_refused_whole(string yaml, string reason) =>
        Assert.Contains(reason, Assert.Throws<OperatorException>(() => Read(yaml)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_price_above_the_maximum_becomes_the_maximum_and_says_so()
    {
        var (product, _) = Mapping.Map(Assert.Single(Read(Backpack.Replace("129.99", "24999.99", StringComparison.Ordinal))));

        Assert.Equal(ProductLimits.MaxPrice, product!.Command.Price.Amount);
        Assert.Equal(24_999.99m, product.PriceInFile);
    }

    [Fact]
    public void The_same_content_is_the_same_command_and_another_content_or_seller_another_one()
    {
        var noon = new DateTimeOffset(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);
        var product = InMemoryShop.InCatalogue(1);
        var command = product.ToRecord(InMemoryShop.Seller, noon);

        Assert.Equal(command.CommandId, InMemoryShop.InCatalogue(1).ToRecord(InMemoryShop.Seller, noon.AddDays(1)).CommandId);
        Assert.NotEqual(command.CommandId, InMemoryShop.InCatalogue(1, price: 101).ToRecord(InMemoryShop.Seller, noon).CommandId);
        Assert.NotEqual(command.CommandId, product.ToRecord(InMemoryShop.Seller with { Id = "seller-2" }, noon).CommandId);
    }

    [Fact]
    public void A_file_names_the_same_commands_as_it_did_when_JSON_was_escaped_more()
    {
        var product = InMemoryShop.InCatalogue(1);
        var command = product with { Command = product.Command with { Name = "<Größe> 😀" } };
        var asThen = ShopContracts.Commands.Write(command.Command).Replace("<Größe> 😀", "\\u003CGr\\u00F6\\u00DFe\\u003E \\uD83D\\uDE00", StringComparison.Ordinal);
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(asThen));
        var key = CommandIds.OfKey("import", InMemoryShop.Seller.Id, product.Stream, Convert.ToHexStringLower(hash));

        Assert.Equal(CommandIds.OfRequest(key, hash), command.ToRecord(InMemoryShop.Seller, DateTimeOffset.UnixEpoch).CommandId);
    }

    private static List<FileEntry> Read(string yaml) => [.. FileReader.Read("products.yaml", new StringReader(yaml))];
}
