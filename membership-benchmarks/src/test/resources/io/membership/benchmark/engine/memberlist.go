// Nodes of memberlist in one process, which does what lines of its standard input say; see DriverProcess.java.
package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
	"unsafe"

	"github.com/hashicorp/memberlist"
)

const host = "127.0.0.1"

const monotonic = 1

var (
	lock   sync.Mutex
	output = bufio.NewWriterSize(os.Stdout, 1<<16)
	wakeup = make(chan bool, 1)
)

// Lines wait for each other a little: a call of the system for each would take time that is not memberlist's. Nothing
// runs while there are none.
func say(format string, values ...interface{}) {
	lock.Lock()
	defer lock.Unlock()
	fmt.Fprintf(output, format+"\n", values...)
	select {
	case wakeup <- true:
	default:
	}
}

func flush() {
	for range wakeup {
		time.Sleep(10 * time.Millisecond)
		lock.Lock()
		output.Flush()
		lock.Unlock()
	}
}

// Returns the time of the clock that all processes of the machine share.
func nanos() int64 {
	var now syscall.Timespec
	syscall.Syscall(syscall.SYS_CLOCK_GETTIME, monotonic, uintptr(unsafe.Pointer(&now)), 0)
	return now.Nano()
}

// What one node sees, and what it says about itself.
type witness struct {
	observer string
	lock     sync.Mutex
	payload  string
}

func (w *witness) see(sight string, subject string, value string) {
	say("@ %d %s %s %s %s", nanos(), w.observer, sight, subject, value)
}

func (w *witness) NotifyJoin(node *memberlist.Node)  { w.see("UP", node.Name, "") }
func (w *witness) NotifyLeave(node *memberlist.Node) { w.see("DOWN", node.Name, "") }
func (w *witness) NotifyUpdate(node *memberlist.Node) {
	w.see("PAYLOAD", node.Name, string(node.Meta))
}

func (w *witness) NodeMeta(limit int) []byte {
	w.lock.Lock()
	defer w.lock.Unlock()
	return []byte(w.payload)
}

func (w *witness) setPayload(value string) {
	w.lock.Lock()
	defer w.lock.Unlock()
	w.payload = value
}

func (w *witness) NotifyMsg([]byte)                           {}
func (w *witness) GetBroadcasts(overhead, limit int) [][]byte { return nil }
func (w *witness) LocalState(join bool) []byte                { return nil }
func (w *witness) MergeRemoteState(buf []byte, join bool)     {}

type node struct {
	list    *memberlist.Memberlist
	witness *witness
}

func start(port string, seeds string) (*node, error) {
	w := &witness{observer: port}
	w.see("START", port, "")
	config := memberlist.DefaultLANConfig()
	config.Name = port
	config.BindAddr = host
	config.BindPort, _ = strconv.Atoi(port)
	config.AdvertisePort = config.BindPort
	config.Events = w
	config.Delegate = w
	config.LogOutput = io.Discard
	list, err := memberlist.Create(config)
	if err == nil && seeds != "-" {
		var addresses []string
		for _, seed := range strings.Split(seeds, ",") {
			addresses = append(addresses, host+":"+seed)
		}
		_, err = list.Join(addresses)
	}
	return &node{list, w}, err
}

func sample() {
	tasks, _ := os.ReadDir("/proc/self/task")
	runtime.GC()
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	say("sample %d %d", len(tasks), memory.HeapAlloc)
}

// An error may have several lines, an answer has one.
func fail(err error) {
	say("failed %s", strings.Join(strings.Fields(err.Error()), " "))
}

func main() {
	go flush()
	nodes := map[string]*node{}
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		words := strings.SplitN(lines.Text(), " ", 3)
		var err error
		switch words[0] {
		case "start":
			for _, port := range strings.Split(words[1], ",") {
				if nodes[port], err = start(port, words[2]); err != nil {
					fail(err)
				} else {
					say("started %s", port)
				}
			}
			err = nil
		case "payload":
			nodes[words[1]].witness.setPayload(words[2])
			err = nodes[words[1]].list.UpdateNode(10 * time.Second)
		case "leave":
			nodes[words[1]].witness.see("LEAVE", words[1], "")
			err = nodes[words[1]].list.Leave(10 * time.Second)
		case "sample":
			sample()
		}
		if err != nil {
			fail(err)
		}
	}
}
