// Checkrecord holds the logs of an unpacked record against Go's own transparency-log packages:
// notes, cosignatures, tiles, entries, inclusion and consistency, and proofs made elsewhere.
// It shares no line with the project; it prints what it checked and exits 1 at the first fault.
package main

import (
	"bufio"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const (
	tileHeight  = 8
	tileWidth   = 1 << tileHeight
	cosignature = 0x04
)

// A policy is the file of that name: the logs by the last word of their origin, witnesses, k.
type policy struct {
	logs      map[string]note.Verifier
	witnesses []note.Verifier
	quorum    int
}

// A witness verifies cosignatures: a time, then Ed25519 over the time and the note's text.
type witness struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

func (w *witness) Name() string    { return w.name }
func (w *witness) KeyHash() uint32 { return w.hash }

func (w *witness) Verify(msg, sig []byte) bool {
	if len(sig) != 8+ed25519.SignatureSize {
		return false
	}
	time := binary.BigEndian.Uint64(sig)
	signed := fmt.Sprintf("cosignature/v1\ntime %d\n%s", time, msg)
	return ed25519.Verify(w.key, []byte(signed), sig[8:])
}

// newWitness reads a verifier key of type 0x04, which the note package does not know.
func newWitness(vkey string) (*witness, error) {
	parts := strings.SplitN(vkey, "+", 3)
	if len(parts) != 3 {
		return nil, errors.New("a verifier key has three parts")
	}
	hash, err := strconv.ParseUint(parts[1], 16, 32)
	if err != nil {
		return nil, err
	}
	key, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil {
		return nil, err
	}
	if len(key) != 1+ed25519.PublicKeySize || key[0] != cosignature {
		return nil, errors.New("not a witness's key")
	}
	sum := sha256.Sum256(append([]byte(parts[0]+"\n"), key...))
	if binary.BigEndian.Uint32(sum[:]) != uint32(hash) {
		return nil, errors.New("the key's id is another's")
	}
	return &witness{parts[0], uint32(hash), ed25519.PublicKey(key[1:])}, nil
}

func readPolicy(path string) (*policy, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	found := &policy{logs: map[string]note.Verifier{}}
	for lines := bufio.NewScanner(file); lines.Scan(); {
		words := strings.Fields(lines.Text())
		if err := found.take(words); err != nil {
			return nil, fmt.Errorf("policy %v: %w", words, err)
		}
	}
	return found, nil
}

func (p *policy) take(words []string) error {
	switch {
	case len(words) == 2 && words[0] == "log":
		verifier, err := note.NewVerifier(words[1])
		if err != nil {
			return err
		}
		name := verifier.Name()
		p.logs[name[strings.LastIndex(name, "/")+1:]] = verifier
	case len(words) == 3 && words[0] == "witness":
		verifier, err := newWitness(words[2])
		if err != nil {
			return err
		}
		p.witnesses = append(p.witnesses, verifier)
	case len(words) > 2 && words[0] == "group":
		quorum, err := strconv.Atoi(words[2])
		p.quorum = quorum
		return err
	}
	return nil
}

// A checkpoint is a log's size and root, signed by the log and by cosigned witnesses.
type checkpoint struct {
	tree     tlog.Tree
	cosigned int
}

func (p *policy) open(log, path string) (*checkpoint, error) {
	octets, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return p.openNote(log, octets)
}

func (p *policy) openNote(log string, octets []byte) (*checkpoint, error) {
	known := note.VerifierList(append([]note.Verifier{p.logs[log]}, p.witnesses...)...)
	opened, err := note.Open(octets, known)
	if err != nil {
		return nil, err
	}
	if len(opened.UnverifiedSigs) > 0 {
		return nil, errors.New("a signature by a key that the policy does not name")
	}
	if opened.Sigs[0].Name != p.logs[log].Name() {
		return nil, errors.New("the log's own signature is not the first")
	}
	cosigned := len(opened.Sigs) - 1
	if cosigned < p.quorum {
		return nil, fmt.Errorf("%d cosignatures of %d", cosigned, p.quorum)
	}
	tree, err := readTree(opened.Text, p.logs[log].Name())
	return &checkpoint{tree, cosigned}, err
}

func readTree(text, origin string) (tlog.Tree, error) {
	lines := strings.Split(text, "\n")
	if len(lines) != 4 || lines[0] != origin || lines[3] != "" {
		return tlog.Tree{}, errors.New("not a checkpoint of this log")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return tlog.Tree{}, err
	}
	hash, err := tlog.ParseHash(lines[2])
	return tlog.Tree{N: size, Hash: hash}, err
}

// Tiles reads the record's tiles as the tlog package asks for them.
type tiles struct{ folder string }

func (t tiles) Height() int                         { return tileHeight }
func (t tiles) SaveTiles(_ []tlog.Tile, _ [][]byte) {}
func (t tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range wanted {
		path := strings.Replace(tile.Path(), fmt.Sprintf("tile/%d/", tileHeight), "tile/", 1)
		octets, err := os.ReadFile(filepath.Join(t.folder, path))
		if err != nil {
			return nil, err
		}
		all = append(all, octets)
	}
	return all, nil
}

// entries reads the bundles: each entry as its length in 16 bits, then its bytes.
func entries(folder string, size int64) ([][]byte, error) {
	var found [][]byte
	for first := int64(0); first < size; first += tileWidth {
		width := size - first
		if width > tileWidth {
			width = tileWidth
		}
		tile := tlog.Tile{H: tileHeight, L: 0, N: first / tileWidth, W: int(width)}
		path := strings.Replace(tile.Path(), fmt.Sprintf("tile/%d/0/", tileHeight), "tile/entries/", 1)
		octets, err := os.ReadFile(filepath.Join(folder, path))
		if err != nil {
			return nil, err
		}
		for len(octets) >= 2 {
			end := 2 + int(binary.BigEndian.Uint16(octets))
			if end > len(octets) {
				return nil, errors.New("an entry that is cut off")
			}
			found = append(found, octets[2:end])
			octets = octets[end:]
		}
	}
	if int64(len(found)) != size {
		return nil, fmt.Errorf("%d entries in a log of %d", len(found), size)
	}
	return found, nil
}

// Counted says how much was checked.
type counted struct {
	Notes, Cosignatures, Entries, Consistency, Proofs, Receipts int
}

func (c *counted) checkLog(p *policy, folder, log string) error {
	latest, err := p.open(log, filepath.Join(folder, "checkpoint"))
	if err != nil {
		return err
	}
	reader := tlog.TileHashReader(latest.tree, tiles{folder})
	if err := c.checkEntries(latest.tree, reader, folder); err != nil {
		return err
	}
	older, err := filepath.Glob(filepath.Join(folder, "checkpoints", "*"))
	if err != nil {
		return err
	}
	for _, path := range older {
		each, err := p.open(log, path)
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		c.Notes++
		c.Cosignatures += each.cosigned
		proof, err := tlog.ProveTree(latest.tree.N, each.tree.N, reader)
		if err != nil {
			return err
		}
		err = tlog.CheckTree(proof, latest.tree.N, latest.tree.Hash, each.tree.N, each.tree.Hash)
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		c.Consistency++
	}
	return nil
}

func (c *counted) checkEntries(tree tlog.Tree, reader tlog.HashReader, folder string) error {
	found, err := entries(folder, tree.N)
	if err != nil {
		return err
	}
	for index, entry := range found {
		proof, err := tlog.ProveRecord(tree.N, int64(index), reader)
		if err != nil {
			return err
		}
		hash := tlog.RecordHash(entry)
		if err := tlog.CheckRecord(proof, tree.N, tree.Hash, int64(index), hash); err != nil {
			return fmt.Errorf("entry %d: %w", index, err)
		}
		c.Entries++
	}
	return nil
}

// A proof made elsewhere: of consistency if it has no leaf, of inclusion if it has one.
type proof struct {
	Old, New int64
	OldRoot  []byte
	NewRoot  []byte
	Index    int64
	Leaf     []byte
	Hashes   [][]byte
}

func (c *counted) checkProofs(path string) error {
	octets, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	var all []proof
	if err := json.Unmarshal(octets, &all); err != nil {
		return err
	}
	for _, each := range all {
		if err := each.check(); err != nil {
			return fmt.Errorf("proof from %d to %d: %w", each.Old, each.New, err)
		}
		c.Proofs++
	}
	return nil
}

func (p proof) check() error {
	if p.Leaf != nil {
		return tlog.CheckRecord(hashes(p.Hashes), p.New, hash(p.NewRoot), p.Index, hash(p.Leaf))
	}
	return tlog.CheckTree(hashes(p.Hashes), p.New, hash(p.NewRoot), p.Old, hash(p.OldRoot))
}

func hash(octets []byte) (found tlog.Hash) {
	copy(found[:], octets)
	return found
}

func hashes(all [][]byte) (found []tlog.Hash) {
	for _, each := range all {
		found = append(found, hash(each))
	}
	return found
}

// checkReceipt checks a file *.tlog-proof of the ballot log, whose extra is the whole entry.
func (c *counted) checkReceipt(p *policy, path string) error {
	octets, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	head, signed, _ := strings.Cut(string(octets), "\n\n")
	lines := strings.Split(head, "\n")
	if len(lines) < 3 || lines[0] != "c2sp.org/tlog-proof@v1" {
		return errors.New("not a tlog-proof")
	}
	entry, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(lines[1], "extra "))
	if err != nil {
		return err
	}
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[2], "index "), 10, 64)
	if err != nil {
		return err
	}
	var path_ []tlog.Hash
	for _, line := range lines[3:] {
		each, err := tlog.ParseHash(line)
		if err != nil {
			return err
		}
		path_ = append(path_, each)
	}
	under, err := p.openNote("ballots", []byte(signed))
	if err != nil {
		return err
	}
	c.Receipts++
	return tlog.CheckRecord(path_, under.tree.N, under.tree.Hash, index, tlog.RecordHash(entry))
}

func run(folder string) error {
	var c counted
	p, err := readPolicy(filepath.Join(folder, "policy"))
	if err != nil {
		return err
	}
	for log := range p.logs {
		if err := c.checkLog(p, filepath.Join(folder, log), log); err != nil {
			return fmt.Errorf("%s: %w", log, err)
		}
	}
	if err := c.checkProofs(filepath.Join(folder, "proofs.json")); err != nil {
		return err
	}
	receipts, _ := filepath.Glob(filepath.Join(folder, "*.tlog-proof"))
	for _, path := range receipts {
		if err := c.checkReceipt(p, path); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
	}
	return json.NewEncoder(os.Stdout).Encode(c)
}

func main() {
	if err := run(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
